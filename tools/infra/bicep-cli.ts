// The Bicep compiler of one version, so that everybody's templates come out alike. It is had as a
// NuGet package, which is the one way that needs no download of its own, and kept in the user's cache.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '0.49.2';
/** Milliseconds: the package has some forty megabytes. */
const FETCH_TIMEOUT = 180_000;
const RUN_TIMEOUT = 120_000;

/** What a run of the compiler said. */
export type BicepRun = { readonly code: number; readonly said: string };

/** Runs the compiler in a folder with these arguments, and besides its environment these variables. */
export type Bicep = (
  folder: string,
  argumentsOfRun: readonly string[],
  variables?: Readonly<Record<string, string>>,
) => Promise<BicepRun>;

/** The compiler cannot be had here, and why. */
export type NoBicep = { readonly reason: string };

/** The compiler: from the cache, else fetched into it. Throws for nothing. */
export async function bicepCli(): Promise<Bicep | NoBicep> {
  const runtime = RUNTIMES[`${process.platform}-${process.arch}`];
  if (runtime === undefined) return { reason: `no Bicep for ${process.platform} ${process.arch}` };
  const cache = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'arrears',
    'bicep',
  );
  const name = `Azure.Bicep.CommandLine.${runtime}`;
  const executable = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  const folder = join(cache, name.toLowerCase(), VERSION);
  const path = join(folder, 'tools', executable);
  // Written last, when all of the package is there.
  if (!existsSync(join(folder, '.nupkg.metadata'))) {
    const { code, said } = await fetchPackage(name, cache);
    if (code !== 0)
      return { reason: `dotnet restore of ${name} ${VERSION} failed: ${lastLine(said)}` };
  }
  return (folder, argumentsOfRun, variables = {}) =>
    run(path, argumentsOfRun, { folder, timeout: RUN_TIMEOUT, variables });
}

const RUNTIMES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'osx-x64',
  'darwin-arm64': 'osx-arm64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

async function fetchPackage(name: string, cache: string): Promise<BicepRun> {
  const folder = await mkdtemp(join(tmpdir(), 'bicep-'));
  try {
    await writeFile(
      join(folder, 'fetch.csproj'),
      `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="${name}" Version="[${VERSION}]" /></ItemGroup>
</Project>
`,
    );
    return await run('dotnet', ['restore', 'fetch.csproj', '--packages', cache], {
      folder,
      timeout: FETCH_TIMEOUT,
      variables: { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type RunOptions = {
  readonly folder: string;
  readonly timeout: number;
  readonly variables: Readonly<Record<string, string>>;
};

function run(
  command: string,
  argumentsOfRun: readonly string[],
  { folder, timeout, variables }: RunOptions,
): Promise<BicepRun> {
  return new Promise((resolve) => {
    const options = { cwd: folder, timeout, env: { ...process.env, ...variables } };
    execFile(command, [...argumentsOfRun], options, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      if (error === null) resolve({ code: 0, said });
      else resolve({ code: 1, said: said === '' ? error.message : said });
    });
  });
}

function lastLine(text: string): string {
  return text.split('\n').at(-1)?.trim() ?? '';
}
