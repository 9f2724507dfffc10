/** The few pictures of the app: strokes on a grid of 24, decoration only. */

const paths = {
  none: '',
  today: 'M4 5h16v15H4zM4 9.5h16M8.5 2.8v4M15.5 2.8v4M8.5 14.5l2.3 2.3 4.7-4.6',
  calendar: 'M4 5h16v15H4zM4 9.5h16M8.5 2.8v4M15.5 2.8v4',
  people: 'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.8 20c.4-3.6 2.9-5.5 6.2-5.5s5.8 1.9 6.2 5.5M16 11.4a3.2 3.2 0 0 0 .4-6.3M18 15c1.9.7 3 2.4 3.2 5',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.5-4 3.4-6 7.5-6s7 2 7.5 6',
  pool: 'M12 10.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM7 21a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM17 21a4 4 0 1 0 0-8 4 4 0 0 0 0 8z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.3l3.5 2',
  shield: 'M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8z',
  sliders: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4zM9 14.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z',
  text: 'M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4',
  rule: 'M5 5h5v5H5zM14 14h5v5h-5zM10 7.5h6.5V14',
  plug: 'M8.5 3v5M15.5 3v5M6 8h12v3.5a6 6 0 0 1-12 0zM12 17.5V21',
  code: 'm8 7-5 5 5 5M16 7l5 5-5 5M13.5 4.5l-3 15',
  briefcase: 'M3.5 8h17v11.5h-17zM9 8V4.5h6V8M3.5 13h17',
  mail: 'M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5',
  list: 'M8.5 6h12M8.5 12h12M8.5 18h12M3.8 6h.4M3.8 12h.4M3.8 18h.4',
  pulse: 'M3 12h4l3-8 4.5 16 2.7-8H21',
  key: 'M8 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12.5 12H21v3.5M17 12v3',
  check: 'm5 12.5 4.5 4.5L19 7',
  cross: 'M6 6l12 12M18 6 6 18',
  alert: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.1',
  question: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.7a2.6 2.6 0 1 1 3.6 2.4c-.8.3-1.1.9-1.1 1.7M12 16.7v.1',
  pause: 'M9 5v14M15 5v14',
  down: 'm5 9 7 7 7-7',
  up: 'm5 15 7-7 7 7',
  right: 'm9 5 7 7-7 7',
  left: 'm15 5-7 7 7 7',
  outward: 'M13.5 4.5h6v6M19 5l-8.5 8.5M10 5.5H4.5v14h14V14',
  more: 'M5.5 12h.1M12 12h.1M18.5 12h.1',
  plus: 'M12 5v14M5 12h14',
  leave: 'M10 4.5H4.5v15H10M9.5 12H20M15.5 7.5 20 12l-4.5 4.5',
  device: 'M4 5h16v11H4zM9 20h6M12 16v4',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.5M20 4.5v5h-5',
} as const; // prettier-ignore

export type IconName = keyof typeof paths;

export const Icon = ({ name, size = 18 }: { name: IconName; size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.8}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
);
