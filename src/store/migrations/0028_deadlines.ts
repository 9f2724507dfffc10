/** Until when a test can be begun, where the platform tells. */
export const deadlines = `
alter table assessment add column expires_at timestamptz;
`;
