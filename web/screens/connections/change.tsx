/** The settings of a connection, changed. Secrets that are left empty stay as they are. */
import { Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { tell } from '../../parts/tell.ts';
import { type Connection, connectionQuery, type Connector } from './queries.ts';
import { givenSettings, initialSettings, SettingsFields, type Values } from './settings-fields.tsx';
import { words } from './words.ts';

export const Change = ({
  connection,
  connector,
}: {
  connection: Connection;
  connector: Connector;
}) => {
  const { id, name, settings, scheduleLink, secretsStored, role } = connection;
  const queries = useQueryClient();
  const before = initialSettings(connector, settings);
  const form = useForm<Values & { scheduleLink: boolean }>({
    initialValues: { name, scheduleLink, settings: before },
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
    send: (values) => {
      const given = givenSettings(connector, values.settings);
      const changed = Object.fromEntries(
        Object.entries(given).filter(([field, value]) => value !== before[field]),
      );
      const body = {
        ...(values.name === name ? {} : { name: values.name }),
        ...(values.scheduleLink === scheduleLink ? {} : { scheduleLink: values.scheduleLink }),
        ...(Object.keys(changed).length === 0 ? {} : { settings: changed }),
      };
      return got(api.PATCH('/api/v1/connections/{id}', { params: { path: { id } }, body }));
    },
    saved: async (now) => {
      queries.setQueryData(connectionQuery(id).queryKey, now);
      form.setValues({
        name: now.name,
        scheduleLink: now.scheduleLink,
        settings: initialSettings(connector, now.settings),
      });
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
    <Form form={form} save={save} submit={words.connect.save}>
      <TextInput label={words.connect.name} {...form.getInputProps('name')} />
      <SettingsFields connector={connector} form={form} choices={choices} stored={secretsStored} />
      {role === 'ats' && (
        <Switch
          label={words.change.scheduleLink}
          description={words.change.scheduleLinkHint}
          {...form.getInputProps('scheduleLink', { type: 'checkbox' })}
        />
      )}
    </Form>
  );
};
