// The door of packages/kit.
export {}
