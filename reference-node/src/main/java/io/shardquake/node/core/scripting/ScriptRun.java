package io.shardquake.node.core.scripting;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.ScriptedCommands;

/** One script at work. Not thread-safe. */
final class ScriptRun {
  private final Client client;
  private final Script script;
  private final ScriptedCommands.Rights rights;
  private final ScriptedCommands.Progress progress;
  private final long nowMicros;
  private boolean resp3;

  ScriptRun(
      Client client,
      Script script,
      ScriptedCommands.Rights rights,
      ScriptedCommands.Progress progress,
      long nowMicros) {
    this.client = client;
    this.script = script;
    this.rights = rights;
    this.progress = progress;
    this.nowMicros = nowMicros;
  }

  Client client() {
    return client;
  }

  Script script() {
    return script;
  }

  ScriptedCommands.Rights rights() {
    return rights;
  }

  ScriptedCommands.Progress progress() {
    return progress;
  }

  long nowMicros() {
    return nowMicros;
  }

  /** Whether it chose RESP3 for what it receives and returns. */
  boolean speaksResp3() {
    return resp3;
  }

  void speakResp3(boolean yes) {
    this.resp3 = yes;
  }
}
