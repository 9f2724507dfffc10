/** Says why vendors could not reach the hub at its public address; names what can be known without asking. */
import { BlockList, isIP } from 'node:net';

export interface PublicUrlProblem {
  code: 'public_url_http' | 'public_url_loopback' | 'public_url_private';
  text: string;
}

const remedy =
  'Set LOOPWRIGHT_PUBLIC_URL to the https address under which the hub is reached from the internet, then restart it.';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('0.0.0.0');
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('::', 'ipv6');

const inside = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inside.addSubnet(net, bits);
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

const isIn = (list: BlockList, host: string): boolean => {
  const version = isIP(host);
  return version !== 0 && list.check(host, version === 6 ? 'ipv6' : 'ipv4');
};

export const publicUrlProblems = (publicUrl: string): PublicUrlProblem[] => {
  const url = URL.parse(publicUrl);
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const found: PublicUrlProblem[] = [];
  if (isIn(loopback, host) || /(^|\.)localhost$/.test(host)) {
    found.push({
      code: 'public_url_loopback',
      text: `public address: ${publicUrl} is this machine's own, which no vendor can reach. ${remedy}`,
    });
  } else if (isIn(inside, host) || isPrivateName(host)) {
    found.push({
      code: 'public_url_private',
      text: `public address: ${publicUrl} is inside a private network, which no vendor can reach. ${remedy}`,
    });
  }
  if (url?.protocol !== 'https:') {
    found.push({
      code: 'public_url_http',
      text: `public address: ${publicUrl} is not https, and vendors deliver webhooks to https only. ${remedy}`,
    });
  }
  return found;
};

const isPrivateName = (host: string): boolean =>
  isIP(host) === 0 && (!host.includes('.') || /\.(local|internal|lan|home\.arpa|test)$/.test(host));
