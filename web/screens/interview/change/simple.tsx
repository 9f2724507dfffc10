/** Changes that ask for nothing, or for a reason only. */
import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import { effectText } from '../effect.ts';
import type { Effect, Event, Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog } from './dialog.tsx';

interface Shared {
  interview: Interview;
  onClose: () => void;
}

export const PutBack = (shared: Shared) => {
  const params = { path: { id: shared.interview.id } };
  return (
    <ChangeDialog
      {...shared}
      {...words.ops.putBack}
      asked="put back"
      send={(body) => got(api.POST('/api/v1/interviews/{id}/put-back', { params, body }))}
    >
      <Text size="sm">{words.ops.putBack.text}</Text>
    </ChangeDialog>
  );
};

export const Cancel = (shared: Shared) => {
  const [reason, setReason] = useState('');
  const params = { path: { id: shared.interview.id } };
  return (
    <ChangeDialog
      {...shared}
      {...words.ops.cancel}
      isGrave
      asked="cancel"
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/cancel', {
            params,
            body: { ...common, reason: reason.trim() === '' ? null : reason },
          }),
        )
      }
    >
      <Text size="sm">{words.ops.cancel.text}</Text>
      <Textarea
        label={words.ops.cancel.reason}
        description={words.ops.cancel.reasonText}
        maxLength={2000}
        autosize
        minRows={2}
        value={reason}
        onChange={({ currentTarget }) => {
          setReason(currentTarget.value);
        }}
      />
    </ChangeDialog>
  );
};

export const RemoveEvent = ({ event, ...shared }: Shared & { event: Event }) => {
  const params = { path: { id: shared.interview.id } };
  return (
    <ChangeDialog
      {...shared}
      title={words.ops.remove.title(event.name)}
      act={words.ops.remove.act}
      isGrave
      asked={event.id}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/remove-event', {
            params,
            body: { ...common, eventId: event.id },
          }),
        )
      }
    >
      <Text size="sm">{words.ops.remove.text}</Text>
    </ChangeDialog>
  );
};

export const NewLink = ({ link, ...shared }: Shared & { link: Effect }) => {
  const params = { path: { id: shared.interview.id } };
  return (
    <ChangeDialog
      {...shared}
      {...words.ops.newLink}
      asked={link.id}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/new-link', {
            params,
            body: { ...common, effectId: link.id },
          }),
        )
      }
    >
      <Text size="sm" fw={500}>
        {effectText(shared.interview, link)}
      </Text>
      <Text size="sm">{words.ops.newLink.text}</Text>
    </ChangeDialog>
  );
};
