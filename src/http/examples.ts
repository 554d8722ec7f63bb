/** Examples that stand in /openapi.json. */
export const EVENT_EXAMPLE = {
  specversion: '1.0',
  id: 'line-17',
  source: '/import/orders',
  type: 'com.example.order.line.v1',
  subject: 'order/1042',
  datacontenttype: 'application/json',
  recordedtime: '2026-11-21T09:30:00.123456Z',
  position: '00000000000000000042',
  bucket: 3,
  data: { product: 'flat white', quantity: 2 },
};

export const POSTED_EVENT_EXAMPLE = {
  specversion: '1.0',
  id: 'line-17',
  source: '/import/orders',
  type: 'com.example.order.line.v1',
  subject: 'order/1042',
  data: { product: 'flat white', quantity: 2 },
};

export const TRACE_ID_EXAMPLE = '0af7651916cd43dd8448eb211c80319c';
