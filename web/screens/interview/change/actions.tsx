/** The buttons that lead to changes: of all, of an event, of a seat, of a link. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { Icon } from '../../../parts/icon.tsx';
import type { Actions } from '../events.tsx';
import type { Event, Interview } from '../queries.ts';
import { words } from '../words.ts';
import type { Operation } from './operation.ts';

type Begin = (operation: Operation) => void;

export const HeadActions = ({ interview, begin }: { interview: Interview; begin: Begin }) => {
  const { state } = interview;
  return (
    <>
      {(state === 'draft' || state === 'hold') && (
        <Button
          onClick={() => {
            begin({ kind: 'confirm' });
          }}
        >
          {words.ops.confirm.act}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={14} />}>
            {words.ops.menu}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {state === 'draft' && (
            <Item label={words.ops.hold.open} begin={begin} operation={{ kind: 'hold' }} />
          )}
          <Item
            label={words.ops.reschedule.open}
            begin={begin}
            operation={{ kind: 'reschedule' }}
          />
          <Item label={words.ops.add.open} begin={begin} operation={{ kind: 'add' }} />
          <Item label={words.ops.texts.open} begin={begin} operation={{ kind: 'texts' }} />
          {interview.coding.length > 0 && (
            <Item label={words.ops.coding.open} begin={begin} operation={{ kind: 'coding' }} />
          )}
          <Menu.Divider />
          <Item label={words.ops.cancel.open} begin={begin} operation={{ kind: 'cancel' }} />
        </Menu.Dropdown>
      </Menu>
    </>
  );
};

const Item = ({
  label,
  operation,
  begin,
}: {
  label: string;
  operation: Operation;
  begin: Begin;
}) => (
  <Menu.Item
    onClick={() => {
      begin(operation);
    }}
  >
    {label}
  </Menu.Item>
);

const EventMenu = ({ event, begin, isLast }: { event: Event; begin: Begin; isLast: boolean }) => (
  <Menu position="bottom-end">
    <Menu.Target>
      <ActionIcon variant="default" size={30} aria-label={words.ops.change(event.name)}>
        <Icon name="more" />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Item label={words.ops.move.open} begin={begin} operation={{ kind: 'move', event }} />
      <Item label={words.ops.edit.open} begin={begin} operation={{ kind: 'edit', event }} />
      {!isLast && (
        <Item label={words.ops.remove.open} begin={begin} operation={{ kind: 'remove', event }} />
      )}
    </Menu.Dropdown>
  </Menu>
);

export const actionsOf = (interview: Interview, begin: Begin): Actions => ({
  event: (event) => (
    <EventMenu event={event} begin={begin} isLast={interview.events.length === 1} />
  ),
  seat: (event, seat) => (
    <Button
      size="compact-xs"
      variant="subtle"
      ms="auto"
      aria-label={words.ops.replace.open(seat.name, event.name)}
      onClick={() => {
        begin({ kind: 'replace', event, seat });
      }}
    >
      {words.ops.replace.act}
    </Button>
  ),
  link: (link) =>
    interview.state !== 'confirmed' ? null : (
      <Button
        size="compact-xs"
        variant="default"
        flex="none"
        aria-label={words.ops.newLink.openNamed(link.remoteUrl ?? '')}
        onClick={() => {
          begin({ kind: 'newLink', link });
        }}
      >
        {words.ops.newLink.open}
      </Button>
    ),
}); // prettier-ignore
