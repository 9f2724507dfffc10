/** The outbox: every message, also what no server has taken. */
import { Anchor, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, got } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { SearchedList } from '../../parts/searched-list.tsx';
import { Time } from '../../parts/time.tsx';
import { StateBadge } from './state-badge.tsx';
import { words } from './words.ts';

type State = keyof typeof words.states;
const all = 'all';

export const Screen = () => {
  const [state, setState] = useState<State | typeof all>(all);
  const filter = state === all ? {} : { state };
  return (
    <Frame title={words.title} lead={words.lead}>
      <SegmentedControl
        aria-label={words.state}
        value={state}
        onChange={setState}
        data={[
          { value: all, label: words.all },
          ...(['kept', 'sent', 'bounced'] as const).map((value) => ({
            value,
            label: words.states[value],
          })),
        ]}
      />
      <SearchedList
        key={state}
        label={words.list}
        queryKey={['mails', state]}
        load={(page) =>
          got(api.GET('/api/v1/mails', { params: { query: { ...page, ...filter, limit: 50 } } }))
        }
        empty={<EmptyState icon="mail" title={words.none.title} text={words.none.text} />}
        row={(mail) => (
          <Group justify="space-between" align="start" wrap="wrap" gap="sm">
            <Stack gap={2} flex="1 1 16rem" miw={0}>
              <Anchor component={Link} to={`/mails/${mail.id}`} fw={600}>
                {mail.subject}
              </Anchor>
              <Text size="sm">{mail.to}</Text>
              {mail.error !== null && <Text size="sm">{mail.error}</Text>}
              <Text size="xs" c="dimmed">
                <Time at={mail.createdAt} />
              </Text>
            </Stack>
            <StateBadge state={mail.state} />
          </Group>
        )}
      />
    </Frame>
  );
};
