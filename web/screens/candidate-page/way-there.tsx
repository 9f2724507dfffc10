/** Where an interview that is not remote takes place, and how to get in. */
import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import classes from './candidate-page.module.css';
import { words } from './words.ts';

export const WayThere = ({ place }: { place: NonNullable<Schemas['CandidatePage']['place']> }) => {
  const { name, address, mapLink, instructions } = place;
  return (
    <Card component="section" aria-label={words.wayThere.title} withBorder padding="md" radius="lg">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {words.wayThere.title}
        </Title>
        <div>
          <Text fw={600}>{name}</Text>
          {address !== '' && <Text>{address}</Text>}
        </div>
        {instructions !== '' && <Text className={classes.asWritten ?? ''}>{instructions}</Text>}
        {mapLink !== '' && (
          <Anchor href={mapLink} target="_blank" rel="noreferrer" w="fit-content">
            {words.wayThere.map}
          </Anchor>
        )}
      </Stack>
    </Card>
  );
};
