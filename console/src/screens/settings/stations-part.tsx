/** Stations: who makes what is ordered, and how long it may take. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, IconButton } from '../../design/buttons.tsx';
import { TextField } from '../../design/fields.tsx';
import { EmptyState } from '../../design/marks.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { Card, Facts } from '../../design/page.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { EditDialog } from '../lists/edit-dialog.tsx';
import { words as editWords } from '../lists/edit-words.ts';
import { followUp } from '../lists/follow-up.ts';
import { useLimits } from '../lists/use-limits.ts';
import { byName, type LocationState, type Station } from './location-types.ts';
import { newId } from './new-id.ts';
import { words as refusals } from './refusal-words.ts';
import { words } from './tables-words.ts';
import { LOCATION_READS, useLocationEdit } from './use-location.ts';

const MINUTE_SECONDS = 60;
/** A ticket older than four hours is forgotten, not late. */
const MINUTES_MAX = 240;
const NAME_MAX = 100;
/** What a kitchen usually promises. */
const FIRST = { name: '', slowAfterSeconds: 600, lateAfterSeconds: 1200 };

export function StationsPart({ location }: { readonly location: LocationState }): ReactElement {
  const t = useWords(words);
  const allowed = useLimits()('business:settings');
  const limits = location.status === 'closed' ? { ...allowed, disabled: true } : allowed;
  const [open, setOpen] = useState<Station | 'new' | null>(null);
  const stations = byName(location.stations);
  const make = (
    <Button icon="plus" {...limits} onClick={() => setOpen('new')}>
      {t('station-new')}
    </Button>
  );
  const minutes = (seconds: number): string =>
    `${String(Math.round(seconds / MINUTE_SECONDS))} ${t('minutes')}`;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {stations.length === 0 ? (
        <EmptyState
          icon="kitchen"
          title={t('stations-title')}
          text={t('stations-text')}
          action={make}
        />
      ) : (
        <div>{make}</div>
      )}
      <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {stations.map((station) => (
          <Card
            key={station.stationId}
            title={station.name}
            actions={
              <IconButton
                icon="edit"
                label={`${t('edit')}: ${station.name}`}
                {...limits}
                onClick={() => setOpen(station)}
              />
            }
          >
            <Facts
              facts={[
                [t('slow'), minutes(station.slowAfterSeconds)],
                [t('late'), minutes(station.lateAfterSeconds)],
              ]}
            />
          </Card>
        ))}
      </div>
      {open === null ? null : (
        <StationDialog
          location={location}
          station={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

interface StationDialogProps {
  readonly location: LocationState;
  /** Null for a new one. */
  readonly station: Station | null;
  onClose(): void;
}

/** Times are null while they are typed. */
interface StationValue {
  readonly name: string;
  readonly slowAfterSeconds: number | null;
  readonly lateAfterSeconds: number | null;
}

function useStationEdit({ location, station, onClose }: StationDialogProps) {
  const te = useWords(editWords);
  const set = useCommand('POST /v1/business/locations/{id}/set-station', { again: LOCATION_READS });
  const partOf = ({ stations }: LocationState): StationValue => {
    const known = stations.find(({ stationId }) => stationId === station?.stationId) ?? FIRST;
    const { name, slowAfterSeconds, lateAfterSeconds } = known;
    return { name, slowAfterSeconds, lateAfterSeconds };
  };
  return useLocationEdit(location, partOf, {
    give: (value, { ifMatch }) => {
      const name = value.name.trim();
      const stationId = station?.stationId ?? newId(name);
      const { slowAfterSeconds: slow, lateAfterSeconds: late } = value;
      const times = {
        slowAfterSeconds: slow ?? FIRST.slowAfterSeconds,
        lateAfterSeconds: late ?? FIRST.lateAfterSeconds,
      };
      const body = { stationId, name, ...times };
      return set.mutateAsync({ params: { id: location.id }, ifMatch, body });
    },
    onSaved: () => {
      toast(te('saved'));
      onClose();
    },
  });
}

function StationDialog(props: StationDialogProps): ReactElement {
  const t = useWords(words);
  const { station, location, onClose } = props;
  const edit = useStationEdit(props);
  const { value } = edit;
  const change = (part: Partial<StationValue>): void => edit.set({ ...value, ...part });
  const { slowAfterSeconds: slow, lateAfterSeconds: late } = value;
  const isLateFirst = slow !== null && late !== null && late <= slow;
  const isReady = value.name.trim() !== '' && slow !== null && late !== null && !isLateFirst;
  return (
    <EditDialog
      title={station === null ? t('station-new') : station.name}
      size="small"
      edit={edit}
      isReady={isReady}
      refusals={refusals}
      onClose={onClose}
      beside={
        station === null ? undefined : (
          <RemoveStation location={location} station={station} onClose={onClose} />
        )
      }
    >
      <TextField
        label={t('station-name')}
        required
        maxLength={NAME_MAX}
        autoFocus
        value={value.name}
        onChange={(name) => change({ name })}
      />
      <MinutesField
        label={t('slow')}
        hint={t('slow-hint')}
        value={slow}
        onChange={(slowAfterSeconds) => change({ slowAfterSeconds })}
      />
      <MinutesField
        label={t('late')}
        hint={t('late-hint')}
        error={isLateFirst ? t('late-before-slow') : null}
        value={late}
        onChange={(lateAfterSeconds) => change({ lateAfterSeconds })}
      />
    </EditDialog>
  );
}

/** Whole minutes for a number of seconds. */
function MinutesField(props: {
  readonly label: string;
  readonly hint: string;
  readonly error?: string | null;
  readonly value: number | null;
  onChange(seconds: number | null): void;
}): ReactElement {
  const t = useWords(words);
  const { value, onChange, ...field } = props;
  return (
    <NumberField
      {...field}
      unit={t('minutes')}
      min={1}
      max={MINUTES_MAX}
      value={value === null ? null : value / MINUTE_SECONDS}
      onChange={(minutes) =>
        onChange(minutes === null ? null : Math.round(minutes * MINUTE_SECONDS))
      }
    />
  );
}

function RemoveStation({
  location,
  station,
  onClose,
}: {
  readonly location: LocationState;
  readonly station: Station;
  onClose(): void;
}): ReactElement {
  const t = useWords(words);
  const params = { id: location.id };
  const again = { again: LOCATION_READS };
  const remove = useCommand('POST /v1/business/locations/{id}/remove-station', again);
  const back = useCommand('POST /v1/business/locations/{id}/set-station', again);
  return (
    <Button
      icon="trash"
      isBusy={remove.isPending}
      onClick={() => {
        const { stationId, name } = station;
        followUp(remove.mutateAsync({ params, body: { stationId } }), () => {
          toast(t('station-removed', { name }), {
            undo: () => back.mutate({ params, body: station }),
          });
          onClose();
        });
      }}
    >
      {t('remove')}
    </Button>
  );
}
