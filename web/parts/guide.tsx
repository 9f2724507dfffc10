/**
 * A guide out of `docs/guides`, as people read it beside a form: its steps with their pictures. It
 * is shown as React's own elements, so no text of it can become markup.
 */
import { Anchor, Code, List, Text, Title } from '@mantine/core';
import Markdown, { type Components } from 'react-markdown';
import { Picture } from './picture.tsx';

/** Addresses as the build gives them, by the path within the repository. */
const pictures = import.meta.glob<string>('../../docs/guides/pictures/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});

const pictureOf = (src: unknown): string | undefined =>
  pictures[`../../docs/guides/${String(src)}`];

/** Pages beside the guide stand in the repository, not in the hub. */
const isElsewhere = (href: string): boolean => /^https?:/.test(href);

const look: Components = {
  h1: ({ children }) => (
    <Title order={2} size="h4" mb="sm">
      {children}
    </Title>
  ),
  p: ({ children }) => (
    <Text size="sm" component="div" mb="xs">
      {children}
    </Text>
  ),
  ol: ({ children }) => (
    <List type="ordered" size="sm" spacing="xs" mb="sm">
      {children}
    </List>
  ),
  li: ({ children }) => <List.Item>{children}</List.Item>,
  code: ({ children }) => <Code>{children}</Code>,
  a: ({ href = '', children }) =>
    isElsewhere(href) ? (
      <Anchor href={href} target="_blank" rel="noreferrer" size="sm">
        {children}
      </Anchor>
    ) : (
      <>{children}</>
    ),
  img: ({ src, alt = '' }) => {
    const picture = pictureOf(src);
    return picture === undefined ? null : <Picture src={picture} alt={alt} />;
  },
};

export const Guide = ({ text }: { text: string }) => <Markdown components={look}>{text}</Markdown>;
