import { Search, TriangleAlert } from 'lucide-react';
import { forwardRef, useEffect, useState, type ComponentProps, type ReactNode } from 'react';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { ApiError } from '../api/client';
import { copyText } from '../format/copy';
import { announce } from './announce';

export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

type ButtonProps = ComponentProps<'button'> & { tone?: 'plain' | 'primary' | 'quiet' | 'danger'; size?: 'small' | 'mini'; icon?: boolean };

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button({ tone = 'plain', size, icon, className, ...rest }, ref) {
  return <button ref={ref} type="button" className={cx('btn', `btn-${tone}`, size && `btn-${size}`, icon && 'btn-icon', className)} {...rest} />;
});

export const SearchField = forwardRef<HTMLInputElement, { label: string; value: string; onChange: (value: string) => void; small?: boolean; placeholder?: string } & Omit<ComponentProps<'input'>, 'onChange' | 'value'>>(
  function SearchField({ label, value, onChange, small, placeholder, ...rest }, ref) {
    return (
      <div className={cx('field', small && 'field-small')}>
        <Search className="i" aria-hidden="true" />
        <input ref={ref} type="search" aria-label={label} placeholder={placeholder ?? label} value={value} autoComplete="off" spellCheck={false} onChange={(e) => onChange(e.target.value)} {...rest} />
      </div>
    );
  },
);

export function Toggle({ label, checked, onChange, tone, small, hideLabel }: { label: string; checked: boolean; onChange: (on: boolean) => void; tone?: 'error'; small?: boolean; hideLabel?: boolean }) {
  return (
    <label className={cx('switch', small && 'switch-small', tone && `switch-${tone}`)} title={hideLabel ? label : undefined}>
      <BaseSwitch.Root className="switch-track" checked={checked} onCheckedChange={onChange}>
        <BaseSwitch.Thumb className="switch-thumb" />
      </BaseSwitch.Root>
      <span className={cx(hideLabel && 'sr-narrow')}>{label}</span>
    </label>
  );
}

export interface Choice<T extends string> {
  value: T;
  label: string;
  count?: number;
  tone?: 'error' | 'warn';
}

export function Segmented<T extends string>({ label, choices, value, onChange }: { label: string; choices: Choice<T>[]; value: T; onChange: (value: T) => void }) {
  return (
    <div className="seg" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button key={choice.value} type="button" aria-pressed={choice.value === value} className={cx(choice.tone && (choice.count ?? 0) > 0 && `seg-${choice.tone}`)} onClick={() => onChange(choice.value)}>
          {choice.label}
          {choice.count !== undefined && <span className="num">{choice.count.toLocaleString('en-GB')}</span>}
        </button>
      ))}
    </div>
  );
}

/** A state that fills a place where data would be. */
export function Blank({ icon, title, children, actions, hint, level: Heading = 'h2' }: { icon: ReactNode; title: string; children?: ReactNode; actions?: ReactNode; hint?: ReactNode; level?: 'h1' | 'h2' | 'h3' }) {
  return (
    <section className="empty">
      <span className="empty-i">{icon}</span>
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {actions && <div className="empty-a">{actions}</div>}
      {hint && <p className="empty-hint">{hint}</p>}
    </section>
  );
}

export function Failure({ error, onRetry, what, level }: { error: Error; onRetry: () => void; what: string; level?: 'h1' | 'h2' | 'h3' }) {
  const refused = error instanceof ApiError ? error : null;
  return (
    <Blank
      {...(level ? { level } : {})}
      icon={<TriangleAlert className="i" aria-hidden="true" />}
      title={`${what} could not be loaded`}
      actions={<Button tone="primary" onClick={onRetry}>Try again</Button>}
      hint={refused && refused.status > 0 ? `Status ${refused.status}` : undefined}
    >
      {refused ? `${refused.title}. ${refused.detail}` : error.message}
    </Blank>
  );
}

export function CopyButton({ text, children, said, ...rest }: { text: string | (() => string); said: string } & ButtonProps) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), 1_600);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <Button {...rest} data-done={done || undefined} onClick={() => void copyText(typeof text === 'function' ? text() : text).then((ok) => { setDone(ok); announce(ok ? said : 'The browser did not allow copying'); })}>
      {children}
    </Button>
  );
}
