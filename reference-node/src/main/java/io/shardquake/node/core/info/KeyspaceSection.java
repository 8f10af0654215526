package io.shardquake.node.core.info;

import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;

/** How many keys each database has; empty databases are left out. */
final class KeyspaceSection implements InfoSection {
  private final Databases databases;

  KeyspaceSection(Databases databases) {
    this.databases = databases;
  }

  @Override
  public String name() {
    return "keyspace";
  }

  @Override
  public void write(InfoText text) {
    for (int i = 0; i < databases.count(); i++) {
      Keyspace keyspace = databases.get(i);
      if (keyspace.size() > 0) {
        text.field(
            "db" + i,
            "keys=" + keyspace.size() + ",expires=" + keyspace.expirable() + ",avg_ttl=0");
      }
    }
  }
}
