/** The ways into a room: a button where it is open, else when it will be. */
import { Button, Stack, Text } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import { Time } from '../../parts/time.tsx';
import { words } from './words.ts';

type Link = Schemas['CandidatePage']['links'][number];

export const Links = ({ label, links, zone }: { label?: string; links: Link[]; zone: string }) => (
  <Stack gap="xs">
    {label !== undefined && <Text fw={600}>{label}</Text>}
    {links.map((link) => (
      <Way key={`${link.kind} ${link.platform}`} link={link} zone={zone} />
    ))}
  </Stack>
);

const Way = ({ link, zone }: { link: Link; zone: string }) => {
  const { kind, platform, url, opensAt } = link;
  if (url !== null)
    return (
      <Button
        component="a"
        href={url}
        target="_blank"
        rel="noreferrer"
        size="md"
        fullWidth
        variant={kind === 'meeting' ? 'filled' : 'light'}
      >
        {kind === 'meeting' ? words.join : words.open(platform)}
      </Button>
    );
  const what = kind === 'meeting' ? words.opens.meeting : words.opens.coding(platform);
  return (
    <Text size="sm" c="dimmed">
      {what}{' '}
      {opensAt === null ? (
        words.opens.follows
      ) : (
        <>
          {words.opens.at} <Time at={opensAt} zone={zone} />.
        </>
      )}
    </Text>
  );
};
