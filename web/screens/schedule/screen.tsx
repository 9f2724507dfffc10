/** Scheduling: for the candidate that the address names, as the ATS links it; else for one to be searched. */
import { useSearch } from '@tanstack/react-router';
import { Find } from './find.tsx';
import { Schedule } from './schedule.tsx';

export const Screen = () => {
  const { connection, candidate } = useSearch({ from: '/shell/schedule' });
  if (connection === undefined || candidate === undefined) return <Find />;
  return <Schedule key={candidate} connection={connection} candidate={candidate} />;
};
