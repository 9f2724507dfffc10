/** What can be done about a row: one thing at once, the others in a menu. */
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useMay } from '../../app/session.ts';
import type { Decision } from '../../parts/effect-decisions/decide.ts';
import { DidItHappen } from '../../parts/effect-decisions/did-it-happen.tsx';
import { Icon } from '../../parts/icon.tsx';
import { type Act, actsOf } from './act.ts';
import { type Row, titleOf } from './row.ts';
import { useDecide } from './use-decide.ts';
import { words } from './words.ts';

export const Acts = ({ row }: { row: Row }) => {
  const may = useMay();
  const own = useRef<HTMLDivElement>(null);
  const [isAsking, asking] = useDisclosure(false);
  const decide = useDecide(own);
  const [first, ...others] = actsOf(row, may);
  const name = titleOf(row);
  const runOf = (act: Act) => (): void => {
    if (act.ask === true) asking.open();
    else if (act.change !== undefined) decide.mutate(act.change);
  };
  const sayOf = (effectId: string) => (decision: Decision) => {
    decide.mutate({ effectId, decision });
  };
  return (
    <Group gap={4} wrap="nowrap" ref={own}>
      {first !== undefined && (
        <First act={first} of={name} isBusy={decide.isPending} run={runOf(first)} />
      )}
      {others.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="default"
              size={30}
              data-row-more
              aria-label={words.named(words.more, name)}
            >
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((act) => (
              <Other key={act.name} act={act} run={runOf(act)} />
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {row.effect !== null && (
        <DidItHappen
          what={`${name} · ${words.effects[row.effect.kind]}`}
          vendor={row.connection?.name ?? words.vendor}
          text={row.text}
          isOpen={isAsking}
          onSay={sayOf(row.effect.id)}
          onClose={asking.close}
        />
      )}
    </Group>
  );
};

const outward = { component: 'a', target: '_blank', rel: 'noreferrer' } as const;

const First = ({
  act: { name, to, href },
  of,
  isBusy,
  run,
}: {
  act: Act;
  of: string;
  isBusy: boolean;
  run: () => void;
}) => {
  const text = words.acts[name];
  const shared = {
    size: 'xs',
    'data-row-act': true,
    'aria-label': words.named(text, of),
    children: text,
  } as const;
  if (to !== undefined) return <Button component={Link} to={to} variant="light" {...shared} />;
  if (href !== undefined) return <Button {...outward} href={href} variant="light" {...shared} />;
  return <Button loading={isBusy} onClick={run} {...shared} />;
};

const Other = ({ act: { name, to, href }, run }: { act: Act; run: () => void }) => {
  const text = words.acts[name];
  if (to !== undefined)
    return (
      <Menu.Item component={Link} to={to}>
        {text}
      </Menu.Item>
    );
  if (href !== undefined)
    return (
      <Menu.Item {...outward} href={href}>
        {text}
      </Menu.Item>
    );
  return <Menu.Item onClick={run}>{text}</Menu.Item>;
};
