import type { Configuration } from 'electron-builder'

/**
 * What goes into the installers. The renderer is bundled, so of its libraries nothing is packed again;
 * what the engine loads at run time (databases, keychain, network) is.
 */
const configuration: Configuration = {
  appId: 'app.lockstep.desktop',
  productName: 'Lockstep',
  copyright: 'Lockstep',
  directories: { output: 'dist', buildResources: 'build' },
  files: [
    'out/**',
    'package.json',
    '!node_modules/{@mantine,@tabler,@tanstack,@fontsource-variable,@floating-ui,react,react-dom,react-remove-scroll*,react-style-singleton,react-textarea-autosize,zustand,scheduler}/**',
    '!**/*.{map,md,ts,mts,cts}',
    '!**/{test,tests,docs,example,examples}/**',
    // Native modules carry the binaries of every system.
    '!node_modules/{better-sqlite3,keytar}/prebuilds/**',
    'node_modules/{better-sqlite3,keytar}/prebuilds/${platform}-${arch}*',
    'node_modules/{better-sqlite3,keytar}/prebuilds/${platform}-${arch}/**',
    '!node_modules/better-sqlite3/{deps,src}/**',
  ],
  asar: true,
  asarUnpack: ['**/*.node', '**/*.{so,dylib,dll}'],
  // Native modules come with binaries that fit every Electron (N-API): nothing is compiled.
  npmRebuild: false,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },
  mac: {
    category: 'public.app-category.business',
    hardenedRuntime: true,
    target: [{ target: 'dmg' }, { target: 'zip' }],
  },
  win: { target: [{ target: 'nsis' }] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  linux: { category: 'Office', target: [{ target: 'AppImage' }, { target: 'deb' }], maintainer: 'Lockstep' },
}

export default configuration
