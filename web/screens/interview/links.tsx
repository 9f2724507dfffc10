/** The live rooms and tests of an interview or of one event, to open or to hand on. */
import { Anchor, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isWeb } from '../../parts/is-web.ts';
import { words as shared } from '../../parts/words.ts';
import { placeOf } from './effect.ts';
import type { Effect, Outside } from './queries.ts';
import { words } from './words.ts';

/** `eventId` null: what the whole interview shares. */
export const linksOf = ({ id, effects }: Outside, eventId: string | null): Effect[] => {
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
  interview: Outside;
  links: readonly Effect[];
  /** What may be done with a link. */
  actions?: ((link: Effect) => ReactNode) | undefined;
}) => (
  <Stack gap="xs">
    {links.map((link) => (
      <div key={link.id}>
        <Text size="sm">
          <Text span inherit fw={500}>
            {words.linkOf(link.kind === 'assessment', interview.accounts[link.connectionId ?? ''] ?? '')}
          </Text>
          {contentOf(interview, link)}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Address link={link} />
          {actions?.(link)}
        </Group>
      </div>
    ))}
  </Stack>
); // prettier-ignore

/** The template that a room begins with, or the test. */
const contentOf = ({ coding, events }: Outside, { key, kind, connectionId }: Effect): string => {
  const at = placeOf(key).eventId;
  const own = events.find(({ id }) => id === at)?.coding ?? [];
  const choice = [...own, ...coding].find((one) => one.connectionId === connectionId);
  const isOfIt = choice?.kind === (kind === 'assessment' ? 'test' : 'template');
  return isOfIt && choice.name !== null ? ` · ${choice.name}` : '';
};

const Address = ({ link: { remoteUrl: url, state } }: { link: Effect }) => {
  if (url === null || !isWeb(url))
    return (
      <Text size="sm" c="dimmed" flex={1}>
        {state === 'failed' || state === 'unknown' ? words.linkFailed : words.linkFollows}
      </Text>
    );
  return (
    <>
      <Anchor href={url} target="_blank" rel="noreferrer" size="sm" truncate miw={0}>
        {url}
      </Anchor>
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" flex="none" onClick={copy} aria-label={words.copyLink(url)}>
            {copied ? shared.copied : shared.copy}
          </Button>
        )}
      </CopyButton>
    </>
  );
}; // prettier-ignore
