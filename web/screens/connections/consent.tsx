/** *Connect with …*: on to the vendor, which asks the admin and leads back. */
import { Button, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import type { Connector } from './queries.ts';
import { givenSettings, type Values } from './settings-fields.tsx';
import { words } from './words.ts';

export const Consent = ({
  connector,
  form,
}: {
  connector: Connector;
  form: UseFormReturnType<Values>;
}) => {
  const begin = useMutation({
    mutationFn: () => {
      const { name, settings } = form.getValues();
      const body = { connector: connector.id, name, settings: givenSettings(connector, settings) };
      return got(api.POST('/api/v1/connections/oauth', { body }));
    },
    onSuccess: ({ authorizeUrl }) => {
      window.location.assign(authorizeUrl);
    },
  });
  return (
    <Stack gap="xs">
      <Button
        loading={begin.isPending || begin.isSuccess}
        rightSection={<Icon name="outward" size={16} />}
        onClick={() => {
          begin.mutate();
        }}
      >
        {words.connect.byConsent.title(connector.name)}
      </Button>
      <Text size="sm" c="dimmed">
        {words.connect.byConsent.text(connector.name)}
      </Text>
      {begin.isError && <ProblemNote error={begin.error} />}
    </Stack>
  );
};
