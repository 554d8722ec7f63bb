/** Devices of the house: enrolled, listed, revoked; and who may switch in on one. */
import { deviceOfKey, enrolDevice, listDevices, revokeDevice } from '../access/devices/devices.ts';
import { peopleOfDevice } from '../access/devices/pins.ts';
import {
  ACCESS_TAG,
  askerOf,
  BODY_ERRORS,
  DEVICE_KEY,
  idParameter,
  jsonBody,
  type PeopleRouteDependencies,
} from './access-calls.ts';
import { DeviceBody, DeviceEnrolled, DeviceList, DevicePeople } from './access-shapes.ts';
import { createOnce, CREATION_ERRORS, CREATION_KEY, REPLAYED_HEADER } from './create-once.ts';
import { OPEN, scoped, type Route } from './route.ts';

export function deviceRoutes(deps: PeopleRouteDependencies): readonly Route[] {
  return [enrolRoute(deps), listRoute(deps), revokeRoute(deps), ownRoute(deps)];
}

function enrolRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/access/devices',
    operationId: 'enrolDevice',
    tag: ACCESS_TAG,
    summary: 'Enrol a device, bound to a location',
    description:
      'Its key is in this answer, and in its repetitions under the same Idempotency-Key, and nowhere else. It opens nothing ' +
      'by itself: people switch in with a PIN.',
    access: scoped('access:devices'),
    parameters: [CREATION_KEY],
    body: jsonBody(DeviceBody, { name: 'Till 2', locationId: 'main' }),
    answers: {
      201: { description: 'Enrolled', schema: DeviceEnrolled, headers: [REPLAYED_HEADER] },
    },
    errors: [...BODY_ERRORS, ...CREATION_ERRORS],
    async handle(call) {
      const { context, creations } = deps.access;
      // safe because the body was validated under this schema
      const { name, locationId = null } = call.body as DeviceBody;
      return createOnce(creations, call, {
        operation: 'enrolDevice',
        make: (tx) => enrolDevice(context, askerOf(deps, call), { name, locationId, tx }),
      });
    },
  };
}

function listRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/access/devices',
    operationId: 'listDevices',
    tag: ACCESS_TAG,
    summary: 'Devices of the tenant, revoked ones included',
    description: 'Whose roles are for some locations sees, and may revoke, the devices of these.',
    access: scoped('access:devices'),
    answers: { 200: { description: 'Devices', schema: DeviceList } },
    async handle({ principal }) {
      const items = await listDevices(deps.access.context, principal);
      return { status: 200, body: { items } };
    },
  };
}

function revokeRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'DELETE',
    path: '/v1/access/devices/{id}',
    operationId: 'revokeDevice',
    tag: ACCESS_TAG,
    summary: 'Revoke a device and what is open on it; it counts within 2 seconds',
    access: scoped('access:devices'),
    parameters: [idParameter('The id of the device.')],
    answers: { 204: { description: 'Revoked, now or before' } },
    errors: ['NOT_FOUND'],
    async handle(call) {
      await revokeDevice(deps.access.context, askerOf(deps, call), call.params['id'] ?? '');
      return { status: 204 };
    },
  };
}

function ownRoute(deps: PeopleRouteDependencies): Route {
  return {
    method: 'GET',
    path: '/v1/session/device',
    operationId: 'readDevice',
    tag: ACCESS_TAG,
    summary: 'This device, by its own key, and who may switch in on it',
    access: OPEN,
    parameters: [DEVICE_KEY],
    answers: { 200: { description: 'The device', schema: DevicePeople } },
    errors: ['UNAUTHENTICATED', 'UNAVAILABLE'],
    async handle({ request }) {
      const { context } = deps.access;
      const device = await deviceOfKey(context, request.headers['x-device-key']);
      const { id, name, locationId, place } = device;
      const people = await peopleOfDevice(context, device);
      return { status: 200, body: { tenant: place.tenant, id, name, locationId, people } };
    },
  };
}
