// Filling in an application: logic first, parts that every app shows alike second.
export * from './form-port'
export * from './save-queue'
export * from './steps'
export * from './use-uploads'
export * from './use-wizard'
export { default as FormField } from './FormField.vue'
export { default as MaterialCard } from './MaterialCard.vue'
export { default as TextToRead } from './TextToRead.vue'
