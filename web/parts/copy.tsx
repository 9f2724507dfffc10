/** A text to be carried elsewhere: shown whole, copied by a button. */
import { Button, Code, Group, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import classes from './copy.module.css';
import { words } from './words.ts';

export const Copy = ({ label, text }: { label: string; text: string }) => {
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <Group gap="xs">
      <Text size="sm">{label}</Text>
      <Code className={classes.text ?? ''}>{text}</Code>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          clipboard.copy(text);
        }}
        aria-label={`${words.copy}: ${label}`}
      >
        {clipboard.copied ? words.copied : words.copy}
      </Button>
    </Group>
  );
};
