/** The frame of pages that are read by a link alone: one column, made for a phone; the company's page, not the hub's. */
import { Box, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

export const Leaf = ({
  title,
  company,
  lead = [],
  children,
}: {
  title: string;
  company: string;
  /** What it is about; empty texts are left out. */
  lead?: string[];
  children: ReactNode;
}) => {
  useEffect(() => {
    document.title = company === '' || title.includes(company) ? title : `${title} · ${company}`;
  }, [title, company]);
  const about = lead.filter((text) => text !== '').join(' · ');
  return (
    <Box component="main" maw={640} mx="auto" px="md" py={{ base: 'lg', sm: 48 }}>
      <Stack gap="lg">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {about !== '' && (
            <Text c="dimmed" mt={4}>
              {about}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Box>
  );
};
