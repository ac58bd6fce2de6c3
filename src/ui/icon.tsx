/** 16 × 16 outlines, drawn for this product; `currentColor` so that text colour and forced colours apply. */
const paths = {
  failed: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5.5 5.5l5 5m0-5-5 5',
  succeeded: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8.2l2.1 2.1L11 6.2',
  pending: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.5V8l2.5 1.8',
  abandoned: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8h6',
  unseen: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM2.5 13.5l11-11',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
  warning: 'M8 2 1.5 13.5h13L8 2Zm0 4.5v3.2m0 1.6v.4',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 7.2v4m0-6.6v.4',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8v-8Z',
  done: 'm2.5 8.5 3.5 3.5 7.5-8',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  clear: 'M3.5 4.5h9m-7.5 0 .6 9h4.8l.6-9m-4.5 0v-2h3v2',
  import: 'M8 2v7.5m-3-3 3 3 3-3M2.5 11v2.5h11V11',
  export: 'M8 9.5V2m-3 3 3-3 3 3M2.5 11v2.5h11V11',
  compare: 'M2 5h11m-2.5-2.5L13 5l-2.5 2.5M14 11H3m2.5-2.5L3 11l2.5 2.5',
  settings:
    'M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4ZM8 1.5v2m0 9v2M1.5 8h2m9 0h2M3.4 3.4l1.4 1.4m6.4 6.4 1.4 1.4m0-9.2-1.4 1.4m-6.4 6.4-1.4 1.4',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3l3.7 3.7',
  edit: 'M3 13l.6-2.8 7.200-7.200 2.200 2.200-7.200 7.200L3 13Z',
  pin: 'M9.5 2 14 6.5l-2.5.5-2.5 2.5-.5 3L3.5 7.5l3-.5L9 4.5 9.5 2ZM6 10l-4 4',
  more: 'M3 8h.5M8 8h.5M13 8h.5',
  client: 'M1.5 3h13v10h-13V3Zm0 3h13M3.5 4.5H4m1.5 0H6',
  authorization_server: 'M2.5 2h11v5h-11V2Zm0 7h11v5h-11V9ZM5 4.5h.5M5 11.5h.5',
  resource_server:
    'M5.5 2C4 2 4 3 4 4.5S4 7 2.5 8C4 9 4 10 4 11.5S4 14 5.5 14m5-12C12 2 12 3 12 4.5S12 7 13.5 8C12 9 12 10 12 11.5s0 2.5-1.5 2.5',
  browser: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM1.5 8h13M8 1.5c-4.5 4-4.5 9 0 13 4.5-4 4.5-9 0-13Z',
  network: 'M2 5.5c4-3.5 8-3.5 12 0M4.2 8.3c2.6-2.2 5-2.2 7.6 0M6.2 11c1.3-1 2.3-1 3.6 0M8 13.2v.3',
  user: 'M8 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM2.5 14c.5-3.5 2.5-4.5 5.5-4.5s5 1 5.5 4.5',
  external: 'M6.5 3h-4v10.5H13v-4M9 2.5h4.5V7M13.2 2.8 7.5 8.5',
  help: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM6 6.3c0-2.6 4-2.6 4 0C10 8 8 8 8 9.5m0 2v.3',
  list: 'M2.5 4h.5m2.500 0h8M2.500 8H3m2.500 0h8m-11 4H3m2.500 0h8',
  scale: 'M4 2.500v11m-2-2 2 2 2-2M8 3h5.500M8 6h3m-3 7h5.500',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  pause: 'M5.5 3v10M10.5 3v10',
  play: 'M4.5 2.5v11l9-5.5-9-5.5Z',
  file: 'M3.5 1.5h6l3 3v10h-9v-13Zm6 0v3h3',
  cookie: 'M8 1.5a6.5 6.5 0 1 0 6.5 6.5c-2 .5-3-.5-3-2-1.500 0-3-1-3.500-4.500ZM5.500 6h.5M5 10h.5m4 .5h.5M8 8h.5',
} as const

export type IconName = keyof typeof paths

interface IconProps {
  readonly name: IconName
  readonly className?: string
  /** Only where no words beside the icon, and no name of its control, say the same. */
  readonly label?: string
}

export const Icon = ({ name, className = '', label }: IconProps) => (
  <svg
    className={`icon ${className}`}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    strokeLinecap="round"
    strokeLinejoin="round"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
)
