import { Component, type ReactNode } from 'react';

interface CrashGuardProps {
  /** Drawn instead when something below throws. */
  fallback: ReactNode;
  children: ReactNode;
}

/** Catches what cannot happen, so that the numbers to call stay in reach. React has this for classes only. */
export class CrashGuard extends Component<CrashGuardProps, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? this.props.fallback : this.props.children;
  }
}
