import type { CSSVariablesResolver, MantineColorsTuple, VariantColorsResolver } from '@mantine/core'
import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  createTheme,
  Drawer,
  Input,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Popover,
  SegmentedControl,
  Select,
  Table,
  Tabs,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import classes from './styles/controls.module.css'

/** Only the scale's place in Mantine's palette; what is seen comes from tokens.css. */
const teal: MantineColorsTuple = ['#e2f1f1', '#c9e4e4', '#a3d3d4', '#79c1c2', '#3fb3b5', '#1f9a9d', '#128488', '#0b6e75', '#095d63', '#064a4f']

/** Slate in place of Mantine's greys, for the few places where a component uses its own. */
const gray: MantineColorsTuple = ['#f6f7f9', '#eef1f4', '#e3e7ec', '#d3d9e0', '#c2cad3', '#8a96a3', '#5f6c7a', '#4d5a68', '#2f3a46', '#16202b']
const dark: MantineColorsTuple = ['#e6ebf0', '#c4ced8', '#a9b5c1', '#92a0ad', '#35434f', '#27323d', '#1b242d', '#161d25', '#10161c', '#0b1014']

type Tone = { solid: string; hover: string; ink: string; soft: string }
const accent: Tone = { solid: 'var(--accent)', hover: 'var(--accent-hover)', ink: 'var(--accent-ink)', soft: 'var(--accent-soft)' }
const destructive: Tone = { solid: 'var(--bad)', hover: 'var(--bad-hover)', ink: 'var(--bad-ink)', soft: 'var(--bad-soft)' }

const variantColors: VariantColorsResolver = ({ variant, color }) => {
  const tone = color === 'red' ? destructive : accent
  switch (variant) {
    case 'filled':
      return { background: tone.solid, hover: tone.hover, color: tone.ink, border: '1px solid transparent' }
    case 'light':
      return { background: tone.soft, hover: tone.soft, color: tone.solid, border: '1px solid transparent' }
    case 'outline':
      return { background: 'transparent', hover: tone.soft, color: tone.solid, border: `1px solid ${tone.solid}` }
    case 'subtle':
    case 'transparent':
      return { background: 'transparent', hover: 'var(--hover)', color: color === 'gray' ? 'var(--ink-2)' : tone.solid, border: '1px solid transparent' }
    default:
      return { background: 'var(--raise)', hover: 'var(--hover)', color: color === 'red' ? tone.solid : 'var(--ink)', border: '1px solid var(--line)' }
  }
}

/** Dense controls on a 4 px grid: buttons 30 px, inputs 30 px, text 13 px. */
const control = { size: 'sm' }
const label = { input: classes['input'] ?? '', label: classes['label'] ?? '', description: classes['description'] ?? '', error: classes['error'] ?? '' }
/** The page itself never scrolls, so overlays need not lock it (that would insert a style element, which the CSP refuses). */
const overlay = { lockScroll: false, overlayProps: { color: 'var(--backdrop)', backgroundOpacity: 1 }, transitionProps: { duration: 130, transition: 'fade' as const } }

export const theme = createTheme({
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: 'var(--size-11)', sm: 'var(--size-13)', md: 'var(--size-13)', lg: 'var(--size-15)', xl: 'var(--size-20)' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: { fontWeight: '600' },
  colors: { teal, gray, dark },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: variantColors,
  components: {
    Button: Button.extend({ defaultProps: { ...control, variant: 'default' }, classNames: { root: classes['button'] ?? '', loader: classes['loader'] ?? '' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Input: Input.extend({ defaultProps: control, classNames: { input: classes['input'] ?? '', wrapper: classes['inputWrapper'] ?? '' } }),
    TextInput: TextInput.extend({ defaultProps: control, classNames: label }),
    PasswordInput: PasswordInput.extend({ defaultProps: control, classNames: label }),
    NumberInput: NumberInput.extend({ defaultProps: { ...control, thousandSeparator: ',' }, classNames: label }),
    Textarea: Textarea.extend({ defaultProps: control, classNames: { ...label, input: classes['textarea'] ?? '' } }),
    Select: Select.extend({ defaultProps: { ...control, allowDeselect: false, checkIconPosition: 'right' as const, withScrollArea: false, selectFirstOptionOnChange: true }, classNames: { ...label, options: classes['options'] ?? '' } }),
    Autocomplete: Autocomplete.extend({ defaultProps: { ...control, withScrollArea: false }, classNames: { ...label, options: classes['options'] ?? '' } }),
    MultiSelect: MultiSelect.extend({ defaultProps: { ...control, withScrollArea: false }, classNames: { ...label, options: classes['options'] ?? '' } }),
    TagsInput: TagsInput.extend({ defaultProps: { ...control, withScrollArea: false }, classNames: { ...label, options: classes['options'] ?? '' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' }, classNames: { label: classes['checkLabel'] ?? '', input: classes['checkInput'] ?? '', description: classes['checkDescription'] ?? '' } }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs', withItemsBorders: false },
      classNames: { root: classes['segments'] ?? '', label: classes['segment'] ?? '', indicator: classes['indicator'] ?? '' },
    }),
    Tabs: Tabs.extend({ classNames: { tab: classes['tab'] ?? '' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 10 } }),
    Modal: Modal.extend({ defaultProps: { ...overlay, centered: true, radius: 8, padding: 18 }, classNames: { title: classes['modalTitle'] ?? '', content: classes['overlay'] ?? '' } }),
    Drawer: Drawer.extend({ defaultProps: { ...overlay, position: 'right' as const, padding: 18 }, classNames: { title: classes['modalTitle'] ?? '' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', position: 'bottom-end' as const }, classNames: { dropdown: classes['dropdown'] ?? '', item: classes['menuItem'] ?? '' } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md' }, classNames: { dropdown: classes['dropdown'] ?? '' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, multiline: true, maw: 360, events: { hover: true, focus: true, touch: false } }, classNames: { tooltip: classes['tooltip'] ?? '' } }),
  },
})

/** Mantine's own variables, pointed at ours, so that both move together. */
export const cssVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--panel)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--raise)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-disabled': 'var(--quiet-soft)',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-hover': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent)',
    '--mantine-primary-color-contrast': 'var(--accent-ink)',
    '--mantine-color-teal-filled': 'var(--accent)',
    '--mantine-shadow-md': 'var(--shadow)',
    '--mantine-shadow-xl': 'var(--shadow)',
    '--mantine-line-height': '1.45',
    '--input-height-sm': '30px',
  }
  return { variables: {}, light: both, dark: both }
}
