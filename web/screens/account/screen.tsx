/** The signed-in person's own matters. */
import { Card, SimpleGrid } from '@mantine/core';
import { useSession } from '../../app/session.ts';
import { words as common } from '../../app/words.ts';
import { Screen as Frame } from '../../parts/screen.tsx';
import { PasswordForm } from './password-form.tsx';
import { Sessions } from './sessions.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const { name, role } = useSession();
  return (
    <Frame title={words.title} lead={words.lead(name, common.roles[role])}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Sessions />
        <Card withBorder radius="lg" padding="lg">
          <PasswordForm />
        </Card>
      </SimpleGrid>
    </Frame>
  );
};
