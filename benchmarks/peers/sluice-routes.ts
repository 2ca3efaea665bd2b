import { Controller, Get } from '@sluice/core';
import { GREETING, listPaths } from '../workloads/payloads.js';

/** One controller a resource, one method a path, as if each had been written by hand. */
export function createControllers(count: number) {
  const paths = listPaths(count);
  const resources = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))));
  return [...resources].map((resource) =>
    createController(
      resource,
      paths.filter((path) => path.startsWith(`${resource}/`)),
    ),
  );
}

function createController(resource: string, paths: readonly string[]) {
  class ResourceController {}
  for (const path of paths) {
    const name = path.slice(resource.length + 1);
    const descriptor = { value: () => GREETING, configurable: true, writable: true };
    Object.defineProperty(ResourceController.prototype, name, descriptor);
    Get(path.slice(resource.length))(ResourceController.prototype, name, descriptor);
  }
  Controller(resource)(ResourceController);
  return ResourceController;
}
