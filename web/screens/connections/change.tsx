/** The settings of a connection, changed. Secrets that are left empty stay as they are. */
import { NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { Copy } from '../../parts/copy.tsx';
import { Form, useSave } from '../../parts/form.tsx';
import { useHeld } from '../../parts/meanwhile/held.ts';
import { tell } from '../../parts/tell.ts';
import { bodyOf, type Changed, join, labelsOf, split, textsOf, valuesOf } from './change-values.ts';
import { type Connection, connectionQuery, type Connector } from './queries.ts';
import { SettingsFields } from './settings-fields.tsx';
import { words } from './words.ts';

export const Change = ({
  connection,
  connector,
}: {
  connection: Connection;
  connector: Connector;
}) => {
  const { id, secretsStored, role } = connection;
  const queries = useQueryClient();
  const filled = (stored: Connection): Changed => valuesOf(connector, stored);
  const form = useForm<Changed>({ initialValues: filled(connection) });
  const held = useHeld(connection, {
    valuesOf: filled,
    refetch: () => queries.invalidateQueries({ ...connectionQuery(id), exact: true }),
    labels: labelsOf(connector),
    texts: textsOf(connector),
    split,
    join,
  });
  const users = useQuery({
    queryKey: ['connections', id, 'users'],
    queryFn: () =>
      got(
        api.GET('/api/v1/connections/{id}/choices/{kind}', {
          params: { path: { id, kind: 'users' }, query: { limit: 100 } },
        }),
      ),
    enabled: connector.settings.some(({ choices }) => choices === 'users'),
  });
  const save = useSave(form, {
    send: (values) =>
      got(
        api.PATCH('/api/v1/connections/{id}', {
          params: { path: { id } },
          body: bodyOf(connector, filled(held.base()), values),
          headers: held.ifMatch(),
        }),
      ),
    saved: async (now) => {
      form.resetDirty(filled(now));
      form.setValues(filled(now));
      held.hold(now);
      queries.setQueryData(connectionQuery(id).queryKey, now);
      tell.done(words.change.saved);
      await queries.invalidateQueries({ queryKey: ['connections', 'list'] });
    },
  });
  const choices = Object.fromEntries(
    connector.settings
      .filter((field) => field.choices === 'users')
      .map((field) => [field.name, users.data?.items ?? []]),
  );
  return (
    <Form form={form} save={save} held={held} submit={words.connect.save}>
      <TextInput label={words.connect.name} {...form.getInputProps('name')} />
      <SettingsFields connector={connector} form={form} choices={choices} stored={secretsStored} />
      <NumberInput
        label={words.change.rate}
        description={words.change.rateHint}
        placeholder={words.change.rateUsual}
        allowNegative={false}
        value={form.getValues().requestsPerSecond ?? ''}
        error={form.errors['requestsPerSecond']}
        data-path="requestsPerSecond"
        onChange={(rate) => {
          form.clearFieldError('requestsPerSecond');
          form.setFieldValue('requestsPerSecond', rate === '' ? null : Number(rate));
        }}
      />
      {role === 'ats' && (
        <>
          <Switch
            label={words.change.scheduleLink}
            description={words.change.scheduleLinkHint}
            {...form.getInputProps('scheduleLink', { type: 'checkbox' })}
          />
          <Stack gap="xs">
            <Copy
              label={words.change.scheduleAddress}
              text={`${location.origin}/schedule?connection=${id}&candidate=`}
            />
            <Text size="xs" c="dimmed">
              {words.change.scheduleAddressHint}
            </Text>
          </Stack>
        </>
      )}
    </Form>
  );
};
