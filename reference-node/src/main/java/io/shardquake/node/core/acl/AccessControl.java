package io.shardquake.node.core.acl;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.config.Configuration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All users, and whether clients may do what they ask for. Not thread-safe. */
public final class AccessControl implements Gatekeeper {
  private static final String DEFAULT = "default";

  private final Configuration configuration;
  private final Clients clients;
  private final LongSupplier now;
  private final Function<Client, String> description;
  private final AccessLog log;
  private final Map<String, User> users = new TreeMap<>();
  private @Nullable CommandTable table;

  /**
   * Nobody but the default user.
   *
   * @param now Unix milliseconds
   * @param description a client's line as in CLIENT LIST
   */
  public AccessControl(
      Configuration configuration,
      Clients clients,
      LongSupplier now,
      Function<Client, String> description) {
    this.description = description;
    this.configuration = configuration;
    this.clients = clients;
    this.now = now;
    this.log = new AccessLog(configuration);
    configuration.onChange(
        name -> {
          if (name.equals("requirepass")) {
            passwordConfigured();
          }
        });
  }

  /** Learns which commands there are; comes before all else. */
  public void know(CommandTable commands) {
    this.table = commands;
    User user = new User(DEFAULT, commands, true);
    applyAll(user, "on", "nopass", "~*", "&*", "+@all");
    users.put(DEFAULT, user);
    passwordConfigured();
  }

  private CommandTable table() {
    return Objects.requireNonNull(table, "know has to come first");
  }

  private static void applyAll(User user, String... rules) {
    for (String rule : rules) {
      try {
        user.apply(rule, true);
      } catch (BadRule wrong) {
        throw new IllegalArgumentException(rule + ": " + wrong.getMessage(), wrong);
      }
    }
  }

  private void passwordConfigured() {
    User user = users.get(DEFAULT);
    if (user == null) {
      return;
    }
    String password = configuration.text("requirepass");
    if (password.isEmpty()) {
      applyAll(user, "nopass");
    } else {
      applyAll(user, "resetpass", ">" + password);
    }
  }

  AccessLog log() {
    return log;
  }

  Collection<User> users() {
    return users.values();
  }

  Optional<User> user(String name) {
    return Optional.ofNullable(users.get(name));
  }

  /** Whether there is a user of a name. */
  public boolean hasUser(String name) {
    return users.containsKey(name);
  }

  /** A user that does not exist yet. */
  User created(String name) {
    return new User(name, table(), allChannelsByDefault());
  }

  boolean allChannelsByDefault() {
    return configuration.text("acl-pubsub-default").equals("allchannels");
  }

  void put(User user) {
    users.put(user.name(), user);
  }

  /** Removes a user, and disconnects whoever is it. */
  void remove(String name) {
    users.remove(name);
    for (Client client : clients.all()) {
      if (client.user().equals(name) && client.kind() == Client.Kind.NORMAL) {
        client.deauthenticate();
        client.close();
      }
    }
  }

  /** The users as lines of a configuration file; none if they are kept in a file of their own. */
  public List<String> lines() {
    return configuration.text("aclfile").isEmpty()
        ? users.values().stream().map(User::text).toList()
        : List.of();
  }

  /**
   * Takes the place of all users by those of a text; whoever is another one than the default user
   * is disconnected.
   *
   * @param file where the text comes from, for complaints
   * @throws IllegalArgumentException whose message tells all that is wrong; nothing has changed
   *     then
   */
  void replace(String file, String text) {
    replace(
        file,
        text,
        () -> {
          User user = created(DEFAULT);
          applyAll(user, "on", "nopass", "~*", "&*", "+@all");
          return user;
        });
    for (Client client : clients.all()) {
      boolean isOther = client.kind() == Client.Kind.NORMAL && !client.user().equals(DEFAULT);
      if (isOther && client.isAuthenticated()) {
        client.deauthenticate();
        client.close();
      }
    }
  }

  private void replace(String file, String text, Supplier<User> without) {
    Map<String, User> read = new UserLines(file, this::created, allChannelsByDefault()).read(text);
    if (!read.containsKey(DEFAULT)) {
      read.put(DEFAULT, without.get());
    }
    users.clear();
    users.putAll(read);
  }

  /**
   * Takes up the users of a file when the node starts.
   *
   * @throws IllegalArgumentException whose message tells all that is wrong
   */
  public void restore(String file, String text) {
    replace(file, text, this::defaultUser);
  }

  private User defaultUser() {
    return Objects.requireNonNull(users.get(DEFAULT));
  }

  /** Whether the default user has no password, so that there is nothing to authenticate with. */
  public boolean isOpen() {
    return defaultUser().needsNoPassword();
  }

  /** Lets a client in that has just connected, if that needs no password. */
  public void welcome(Client client) {
    if (isOpen() && defaultUser().isEnabled()) {
      client.authenticateAs(DEFAULT);
    }
  }

  /**
   * Makes a client a user.
   *
   * @param command by which the client asks for it, as it wrote that
   * @throws ErrorReply if the password is wrong, or the user must not be used
   */
  public void authenticate(Client client, byte[] command, String name, String password) {
    User user = users.get(name);
    if (user == null || !user.isEnabled() || !user.accepts(password)) {
      note(client, new Denial(Denial.Reason.AUTH, command), name);
      throw new ErrorReply("WRONGPASS invalid username-password pair or user is disabled.");
    }
    client.authenticateAs(name);
  }

  /** Whether a client has yet to authenticate. */
  public boolean needsAuthentication(Client client) {
    return !client.isAuthenticated()
        && client.kind() != Client.Kind.MASTER
        && (!isOpen() || !defaultUser().isEnabled());
  }

  @Override
  public Optional<String> refusal(Client client, CommandSpec spec, byte[][] request) {
    Optional<Denial> denial = denial(client, spec, request);
    denial.ifPresent(what -> note(client, what, client.user()));
    return denial.map(
        what -> client.isInScript() ? what.messageInScript() : "NOPERM " + what.message());
  }

  /**
   * Whether a client may run a command, without a note of it; empty if there is no such command.
   */
  public Optional<Boolean> mayRun(Client client, byte[][] request) {
    return table().findFor(request).map(spec -> denial(client, spec, request).isEmpty());
  }

  private Optional<Denial> denial(Client client, CommandSpec spec, byte[][] request) {
    if (client.kind() == Client.Kind.MASTER) {
      return Optional.empty();
    }
    User user = users.get(client.user());
    return user == null ? Optional.empty() : Permissions.denial(user, spec, request);
  }

  private void note(Client client, Denial denial, String user) {
    String context =
        client.isInScript() ? "lua" : client.transaction().isPresent() ? "multi" : "toplevel";
    log.add(denial, context, user, description.apply(client), now.getAsLong());
  }
}
