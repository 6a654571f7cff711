/** Names of the messages between the page's preload and the main process. */
export const channels = {
  chooseFile: 'shell:choose-file',
  chooseFolder: 'shell:choose-folder',
  saveExport: 'shell:save-export',
  setTheme: 'shell:set-theme',
  requestEnginePort: 'shell:request-engine-port',
  enginePort: 'shell:engine-port',
  engineState: 'shell:engine-state',
  menu: 'shell:menu',
  route: 'shell:route',
} as const
