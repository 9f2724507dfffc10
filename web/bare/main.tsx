/**
 * A page of the component kit and nothing else, with about what a page of the app shows: what the
 * bench `web` holds the app against. It is no part of the app.
 */
import '@mantine/core/styles.css';
import {
  AppShell,
  Card,
  Group,
  MantineProvider,
  MultiSelect,
  NavLink,
  Radio,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { theme } from '../theme.ts';

const numbers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(index + 1));
const people = numbers(200).map((number) => `Interviewer ${number}`);

const Page = () => {
  const [chosen, choose] = useState('1');
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 232, breakpoint: 'sm' }} padding="xl">
      <AppShell.Header>
        <Group h="100%" px="md">
          <Text fw={650}>Bare</Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        {numbers(10).map((number) => (
          <NavLink key={number} label={`Entry ${number}`} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main>
        <Stack>
          <Title order={1}>Bare</Title>
          <TextInput label="Name" />
          <MultiSelect label="Interviewers" data={people} searchable />
          <Radio.Group value={chosen} onChange={choose} label="Options">
            <Stack>
              {numbers(10).map((number) => (
                <Card key={number} withBorder>
                  <Radio value={number} label={`Option ${number}`} />
                </Card>
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      </AppShell.Main>
    </AppShell>
  );
};

const root = document.getElementById('app');
if (!root) throw new Error('bare: the page has no place for it.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Page />
    </MantineProvider>
  </StrictMode>,
);
