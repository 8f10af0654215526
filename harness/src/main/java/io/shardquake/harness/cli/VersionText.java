package io.shardquake.harness.cli;

import io.shardquake.harness.experiment.HarnessVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"shardquake " + HarnessVersion.NUMBER};
  }
}
