/** Self-signed certificates without a program beside Node: just enough DER of X.509 (RFC 5280) for TLS tests. */
import { generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x17,
};
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const SAN_NAME = 0x82;
const SAN_ADDRESS = 0x87;
const OID = {
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
};

/** Valid from yesterday to tomorrow, for host names and IPv4 addresses. */
export function certificateFor(hosts: readonly string[]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, der(TAG.oid, OID.ecdsaWithSha256));
  const commonName = der(
    SEQUENCE,
    der(TAG.oid, OID.commonName),
    der(TAG.utf8, [...Buffer.from('receiver')]),
  );
  const name = der(SEQUENCE, der(SET, commonName));
  const body = der(
    SEQUENCE,
    der(VERSION, der(TAG.integer, [2])),
    der(TAG.integer, [1]),
    algorithm,
    name,
    der(SEQUENCE, timeIn(-1), timeIn(1)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, der(SEQUENCE, ...extensions(hosts))),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = der(SEQUENCE, body, algorithm, der(TAG.bits, [0], signature));
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function extensions(hosts: readonly string[]): readonly Buffer[] {
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host)
      ? der(SAN_ADDRESS, host.split('.').map(Number))
      : der(SAN_NAME, [...Buffer.from(host)]),
  );
  const authority = der(SEQUENCE, der(TAG.boolean, [0xff]));
  return [
    der(SEQUENCE, der(TAG.oid, OID.basicConstraints), der(TAG.octets, authority)),
    der(SEQUENCE, der(TAG.oid, OID.subjectAltName), der(TAG.octets, der(SEQUENCE, ...names))),
  ];
}

/** UTCTime: two digits of the year, to the second. */
function timeIn(days: number): Buffer {
  const text = new Date(Date.now() + days * 86_400_000).toISOString();
  return der(TAG.time, [...Buffer.from(`${text.slice(2, 19).replaceAll(/[-:T]/g, '')}Z`)]);
}

/** Tag, length, contents. */
function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer {
  const contents = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = contents;
  const long = length > 0xff ? [0x82, length >> 8, length & 0xff] : [0x81, length];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), contents]);
}
