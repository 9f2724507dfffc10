/** A new connection: consent at the vendor, or a pasted key that is tested on the spot. */
import {
  Alert,
  Anchor,
  Button,
  Card,
  Divider,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { onlyOf } from '../../parts/choices.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Consent } from './consent.tsx';
import { SetUpGuide } from './guide.tsx';
import { connectionQuery, type Connector, connectorsQuery } from './queries.ts';
import { givenSettings, initialSettings, SettingsFields, type Values } from './settings-fields.tsx';
import { Verification } from './verification.tsx';
import { words } from './words.ts';

const back = { to: '/settings/company', label: words.connect.back };

export const Screen = () => {
  const { connector: id } = useParams({ from: '/shell/settings/company/connect/$connector' });
  const connectors = useQuery(connectorsQuery);
  if (connectors.isPending) return <Loading />;
  if (connectors.isError)
    return <ProblemNote error={connectors.error} retry={() => void connectors.refetch()} />;
  const connector = connectors.data.items.find((one) => one.id === id);
  if (!connector) return <Frame title={words.connect.unknown} back={back} />;
  return <Connect key={id} connector={connector} />;
};

const Connect = ({ connector }: { connector: Connector }) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm<Values>({
    initialValues: { name: connector.name, settings: initialSettings(connector) },
  });
  const draft = () => ({
    connector: connector.id,
    settings: givenSettings(connector, form.getValues().settings),
  });
  const test = useMutation({
    mutationFn: () => got(api.POST('/api/v1/connections/test', { body: draft() })),
    onSuccess: ({ choices }) => {
      for (const [field, among] of Object.entries(choices))
        if (form.getValues().settings[field] === '')
          form.setFieldValue(`settings.${field}`, onlyOf(among) ?? '');
    },
  });
  const save = useSave(form, {
    send: ({ name }, headers) =>
      got(api.POST('/api/v1/connections', { body: { ...draft(), name }, headers })),
    saved: async (made) => {
      queries.setQueryData(connectionQuery(made.id).queryKey, made);
      await queries.invalidateQueries({ queryKey: ['connections', 'list'] });
      tell.done(words.connect.saved(made.name));
      await navigate({ to: '/settings/company/$id', params: { id: made.id } });
    },
  });
  return (
    <Frame
      title={words.connect.title(connector.name)}
      back={back}
      lead={
        <Anchor href={connector.docsUrl} target="_blank" rel="noreferrer" size="sm">
          {words.connect.docs}
        </Anchor>
      }
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Card withBorder radius="lg" padding="lg">
          <Stack>
            {connector.oauth.available && (
              <>
                {connector.oauth.configured ? (
                  <Consent connector={connector} form={form} />
                ) : (
                  <Alert color="blue">
                    {words.connect.byConsent.missing(connector.name, connector.id)}
                  </Alert>
                )}
                <Divider label={words.connect.byConsent.or} />
              </>
            )}
            <Form
              form={form}
              save={save}
              submit={words.connect.save}
              actions={
                <Button
                  variant="default"
                  loading={test.isPending}
                  onClick={() => {
                    test.mutate();
                  }}
                >
                  {words.connect.test}
                </Button>
              }
            >
              <TextInput
                label={words.connect.name}
                description={words.connect.nameHint}
                {...form.getInputProps('name')}
              />
              <SettingsFields
                connector={connector}
                form={form}
                choices={test.data?.choices ?? {}}
                onPaste={() => {
                  test.mutate();
                }}
              />
            </Form>
          </Stack>
        </Card>
        <Stack gap="xl">
          <Stack gap="sm" aria-live="polite">
            {test.isPending && <Loading />}
            {test.isError && <ProblemNote error={test.error} />}
            {test.isSuccess && (
              <Card withBorder radius="lg" padding="lg">
                <Text fw={600} mb="sm">
                  {words.may.title}
                </Text>
                <Verification told={test.data.verification} />
              </Card>
            )}
          </Stack>
          <SetUpGuide connector={connector.id} />
        </Stack>
      </SimpleGrid>
    </Frame>
  );
};
