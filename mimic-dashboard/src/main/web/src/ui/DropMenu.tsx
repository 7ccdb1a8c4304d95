import { Menu } from '@base-ui/react/menu';
import { useState, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import { cx } from './parts';

interface Props {
  button: ComponentPropsWithoutRef<typeof Menu.Trigger>;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  narrow?: boolean;
}

/** A button and its menu, which opens in the landmark and in the full screen that the button is in. */
export function DropMenu({ button, children, align = 'end', side = 'bottom', narrow }: Props) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <Menu.Root>
      <Menu.Trigger {...button} ref={(element: HTMLElement | null) => setPlace(element?.closest<HTMLElement>('.player, main, header') ?? null)} />
      <Menu.Portal container={place} className="layers">
        <Menu.Positioner sideOffset={6} align={align} side={side} className="layer">
          <Menu.Popup className={cx('menu', narrow && 'menu-narrow')}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
