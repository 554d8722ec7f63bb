/** The name of an area; an area without tables can be removed. */
import type { ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { EditDialog } from '../lists/edit-dialog.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import { followUp } from '../lists/follow-up.ts';
import { Refusal } from '../lists/refusal.tsx';
import type { Area, LocationState } from './location-types.ts';
import { newId } from './new-id.ts';
import { words as refusals } from './refusal-words.ts';
import { words } from './tables-words.ts';
import { LOCATION_READS, useLocationEdit } from './use-location.ts';

const NAME_MAX = 100;

interface AreaDialogProps {
  readonly location: LocationState;
  /** Null for a new one. */
  readonly area: Area | null;
  onClose(): void;
}

function useAreaEdit({ location, area, onClose }: AreaDialogProps) {
  const te = useWords(editWords);
  const set = useCommand('POST /v1/business/locations/{id}/set-area', { again: LOCATION_READS });
  const nameOf = ({ areas }: LocationState): string =>
    areas.find(({ areaId }) => areaId === area?.areaId)?.name ?? '';
  return useLocationEdit(location, nameOf, {
    give: (value, { ifMatch }) => {
      const name = value.trim();
      const body = { areaId: area?.areaId ?? newId(name), name };
      return set.mutateAsync({ params: { id: location.id }, ifMatch, body });
    },
    onSaved: () => {
      toast(te('saved'));
      onClose();
    },
  });
}

export function AreaDialog(props: AreaDialogProps): ReactElement {
  const t = useWords(words);
  const { location, area, onClose } = props;
  const edit = useAreaEdit(props);
  return (
    <EditDialog
      title={area === null ? t('area-new') : area.name}
      size="small"
      edit={edit}
      isReady={edit.value.trim() !== ''}
      refusals={refusals}
      onClose={onClose}
      beside={
        area === null ? undefined : <RemoveArea location={location} area={area} onClose={onClose} />
      }
    >
      <TextField
        label={t('area-name')}
        required
        maxLength={NAME_MAX}
        autoFocus
        value={edit.value}
        onChange={edit.set}
      />
    </EditDialog>
  );
}

function RemoveArea({
  location,
  area,
  onClose,
}: AreaDialogProps & { readonly area: Area }): ReactElement {
  const t = useWords(words);
  const params = { id: location.id };
  const again = { again: LOCATION_READS };
  const remove = useCommand('POST /v1/business/locations/{id}/remove-area', again);
  const back = useCommand('POST /v1/business/locations/{id}/set-area', again);
  const { areaId, name } = area;
  const isEmpty = location.tables.every((table) => table.areaId !== areaId);
  return (
    <>
      <Button
        icon="trash"
        disabled={!isEmpty}
        reason={isEmpty ? undefined : t('area-in-use')}
        isBusy={remove.isPending}
        onClick={() =>
          followUp(remove.mutateAsync({ params, body: { areaId } }), () => {
            toast(t('area-removed', { name }), {
              undo: () => back.mutate({ params, body: { areaId, name } }),
            });
            onClose();
          })
        }
      >
        {t('remove')}
      </Button>
      <Refusal error={remove.error} words={refusals} />
    </>
  );
}
