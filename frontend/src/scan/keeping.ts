// The page itself on the phone: the script that answers without network, and forgetting it.

/** Let the browser keep the page. Where it cannot (a page without TLS), the door works while the page is open. */
export function keepPage(script: string): void {
  if (!("serviceWorker" in navigator)) return;
  const known = navigator.serviceWorker.controller !== null;
  void navigator.serviceWorker.register(script, { updateViaCache: "none" }).catch(() => undefined);
  // A new version is on the phone: take it while nobody is looking.
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!known) return;
    const takeIt = (): void => {
      if (document.visibilityState === "hidden") location.reload();
    };
    document.addEventListener("visibilitychange", takeIt);
    takeIt();
  });
}

/** Forget the page; it comes anew when somebody opens it with network. */
export async function forgetPage(path: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration(path);
  await registration?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`door:${path}:`)).map((name) => caches.delete(name)));
}
