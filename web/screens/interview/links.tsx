/** The live rooms and tests of an interview or of one event, to open or to hand on. */
import { Anchor, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isWeb } from '../../parts/is-web.ts';
import { words as shared } from '../../parts/words.ts';
import type { Effect, Interview } from './queries.ts';
import { words } from './words.ts';

/** `eventId` null: what the whole interview shares. */
export const linksOf = ({ id, effects }: Interview, eventId: string | null): Effect[] => {
  const place = eventId === null ? `interview/${id}/` : `interview/${id}/event/${eventId}/`;
  return effects.filter(
    ({ kind, key, act }) =>
      ['live_session', 'assessment'].includes(kind) &&
      act !== 'remove' &&
      key.startsWith(`${place}live-session/`) === (kind === 'live_session') &&
      (kind === 'live_session' || key.startsWith(`${place}assessment/`)) &&
      !key.endsWith('/page'),
  );
};

export const Links = ({
  interview,
  links,
  actions,
}: {
  interview: Interview;
  links: readonly Effect[];
  /** What may be done with a link. */
  actions?: ((link: Effect) => ReactNode) | undefined;
}) => (
  <Stack gap={6}>
    {links.map((link) => (
      <Group key={link.id} gap="xs" wrap="wrap">
        <Text size="sm" fw={500}>
          {words.linkOf(link.kind === 'assessment', interview.accounts[link.connectionId ?? ''] ?? '')}
        </Text>
        <Address link={link} />
        {actions?.(link)}
      </Group>
    ))}
  </Stack>
); // prettier-ignore

const Address = ({ link: { remoteUrl: url, state } }: { link: Effect }) => {
  if (url === null || !isWeb(url))
    return (
      <Text size="sm" c="dimmed">
        {state === 'failed' || state === 'unknown' ? words.linkFailed : words.linkFollows}
      </Text>
    );
  return (
    <>
      <Anchor href={url} target="_blank" rel="noreferrer" size="sm" lineClamp={1} maw="22rem">
        {url}
      </Anchor>
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy} aria-label={words.copyLink(url)}>
            {copied ? shared.copied : shared.copy}
          </Button>
        )}
      </CopyButton>
    </>
  );
}; // prettier-ignore
