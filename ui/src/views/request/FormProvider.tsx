/** Holds the one form store above the views, so that going elsewhere loses nothing. */
import {
  createContext,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { usePlatform } from "../../platform";
import { ListProgressProvider } from "./contacts/progress";
import { Drops } from "./Drops";
import { FormStore, type FormState } from "./form-store";

const FormContext = createContext<FormStore | null>(null);

export function FormProvider({ children }: { children: ReactNode }) {
  const platform = usePlatform();
  const [store] = useState(() => new FormStore(platform));

  useEffect(() => {
    void store.load();
    const leave = () => void store.flush();
    const hide = () => {
      if (document.visibilityState === "hidden") leave();
    };
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hide);
    return () => {
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hide);
      leave();
    };
  }, [store]);

  return (
    <FormContext value={store}>
      <ListProgressProvider>
        {children}
        <Drops />
      </ListProgressProvider>
    </FormContext>
  );
}

export function useFormStore(): FormStore {
  const store = use(FormContext);
  if (!store) throw new Error("useFormStore needs a FormProvider above it");
  return store;
}

export function useFormState(): FormState {
  const store = useFormStore();
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
