/** One user: name and role, sessions, a way back in, and whether they may sign in at all. */
import { Alert, Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Part } from '../../parts/part.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Access } from './access.tsx';
import { Change } from './change.tsx';
import { PasswordLink } from './password-link.tsx';
import { adminsQuery, type User, userQuery } from './queries.ts';
import { Sessions } from './sessions.tsx';
import { words } from './words.ts';

const back = { to: '/settings/users', label: words.back };

export const Screen = () => {
  const { id } = useParams({ from: '/shell/settings/users/$id' });
  const user = useQuery(userQuery(id));
  const admins = useQuery(adminsQuery);
  if (user.isPending || admins.isPending) return <Loading />;
  if (!user.data || !admins.data)
    return (
      <Frame title={words.title} back={back}>
        <ProblemNote error={user.error ?? admins.error} retry={() => void user.refetch()} />
      </Frame>
    );
  const isLast = admins.data.length === 1 && admins.data[0]?.id === id;
  return <One key={id} user={user.data} isLast={isLast} />;
};

const One = ({ user, isLast }: { user: User; isLast: boolean }) => (
  <Frame
    title={user.name}
    back={back}
    lead={
      <Group gap="sm" component="span">
        {!user.active && (
          <Badge variant="light" color="gray" leftSection={<Icon name="pause" size={12} />}>
            {words.inactive}
          </Badge>
        )}
        <span>{user.email}</span>
      </Group>
    }
  >
    {isLast && (
      <Alert color="blue" icon={<Icon name="key" />}>
        {words.one.last}
      </Alert>
    )}
    <Part title={words.one.change}>
      <Change user={user} isLast={isLast} />
    </Part>
    <Part title={words.sessions.title}>
      <Sessions userId={user.id} />
    </Part>
    {user.active && (
      <Part title={words.password.title}>
        <PasswordLink user={user} />
      </Part>
    )}
    {!isLast && (
      <Part title={words.access.title}>
        <Access user={user} />
      </Part>
    )}
  </Frame>
);
