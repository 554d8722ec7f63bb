/** GET /v1/business/presets/{country}: what a set-up may begin with. */
import { Failure } from '../../../core/errors.ts';
import { scoped, type Route } from '../../../http/route.ts';
import { PRESET_NOTE, presetOf, timeZonesOf } from './country-presets.ts';

export function presetRoutes(): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/business/presets/{country}',
      operationId: 'readCountryPreset',
      tag: 'Business',
      summary: 'Currency, time zone, languages and usual tax rates of a country, as a proposal',
      access: scoped('business:read'),
      parameters: [
        {
          name: 'country',
          in: 'path',
          description: 'ISO 3166-1 alpha-2, in capitals.',
          schema: { type: 'string', pattern: '^[A-Z]{2}$' },
          example: 'PL',
        },
      ],
      answers: {
        200: {
          description:
            'The proposal; `taxes` is null where no rate holds for the whole country, or none that we are sure of',
          schema: {
            type: 'object',
            required: [
              'country',
              'currency',
              'timeZone',
              'timeZones',
              'languages',
              'taxes',
              'source',
              'note',
            ],
          },
        },
      },
      errors: ['NOT_FOUND'],
      handle({ params }) {
        const preset = presetOf(params['country'] ?? '');
        if (preset === undefined)
          throw new Failure('NOT_FOUND', 'There is no preset for this country.');
        const { otherTimeZones: _others, ...proposed } = preset;
        const timeZones = timeZonesOf(preset);
        return { status: 200, body: { ...proposed, timeZones, note: PRESET_NOTE } };
      },
    },
  ];
}
