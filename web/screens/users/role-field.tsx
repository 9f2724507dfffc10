/** A role, each with what it may do. */
import { Radio, Stack } from '@mantine/core';
import type { ComponentProps } from 'react';
import { words as frame } from '../../app/words.ts';
import type { User } from './queries.ts';
import { words } from './words.ts';

export const roles = ['super_admin', 'admin', 'team_member', 'limited_team_member', 'interviewer'] as const satisfies ReadonlyArray<User['role']>; // prettier-ignore

export const RoleField = (props: Omit<ComponentProps<typeof Radio.Group>, 'children'>) => (
  <Radio.Group {...props}>
    <Stack gap="xs" mt={6}>
      {roles.map((role) => (
        <Radio
          key={role}
          value={role}
          label={frame.roles[role]}
          description={words.roles[role]}
          disabled={Boolean(props.readOnly)}
        />
      ))}
    </Stack>
  </Radio.Group>
);
