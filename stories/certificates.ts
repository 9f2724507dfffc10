/** X.509 certificates of the tests' own (RFC 5280, as little of it as TLS asks for), made on the spot. */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

export interface Authority {
  /** PEM; whoever trusts it trusts what it issues. */
  cert: string;
  /** A server's key and certificate, PEM, for these names or IPv4 addresses. */
  issue(names: readonly string[], lasts?: Lasts): { key: string; cert: string };
}

export type Lasts = 'to 2099' | 'to 2001';

const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: Uint8Array[]): Buffer => tlv(0x30, ...parts);
const oid = (...bytes: number[]): Buffer => tlv(0x06, Buffer.from(bytes));
const ascii = (tag: number, text: string): Buffer => tlv(tag, Buffer.from(text, 'latin1'));

const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const commonName = (name: string): Buffer =>
  sequence(tlv(0x31, sequence(oid(0x55, 0x04, 0x03), ascii(0x0c, name))));
const extension = (id: number, value: Buffer): Buffer =>
  sequence(oid(0x55, 0x1d, id), tlv(0x04, value));
const isAuthority = extension(0x13, sequence(tlv(0x01, Buffer.from([0xff]))));
const namesOf = (names: readonly string[]): Buffer =>
  extension(
    0x11,
    sequence(
      ...names.map((name) =>
        isIPv4(name) ? tlv(0x87, Buffer.from(name.split('.').map(Number))) : ascii(0x82, name),
      ),
    ),
  );

const certify = (of: {
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  signer: KeyObject;
  extension: Buffer;
  lasts: Lasts;
}): string => {
  const end = of.lasts === 'to 2099' ? '20990101000000Z' : '20010101000000Z';
  const content = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1, ...randomBytes(8)])),
    ecdsaWithSha256,
    commonName(of.issuer),
    sequence(ascii(0x17, '000101000000Z'), ascii(0x18, end)),
    commonName(of.subject),
    of.publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(of.extension)),
  );
  const signature = sign('sha256', content, of.signer);
  const whole = sequence(content, ecdsaWithSha256, tlv(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const createAuthority = (name: string): Authority => {
  const own = newKeys();
  return {
    cert: certify({
      subject: name,
      issuer: name,
      publicKey: own.publicKey,
      signer: own.privateKey,
      extension: isAuthority,
      lasts: 'to 2099',
    }),
    issue(names, lasts = 'to 2099') {
      const { publicKey, privateKey } = newKeys();
      return {
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        cert: certify({
          subject: names[0] ?? '',
          issuer: name,
          publicKey,
          signer: own.privateKey,
          extension: namesOf(names),
          lasts,
        }),
      };
    },
  };
};
