package io.shardquake.node.core.acl;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** ACL. Not thread-safe. */
public final class AclCommands implements CommandGroup {
  private static final int DEFAULT_BITS = 256;
  private static final int MOST_BITS = 4096;
  private static final long SHOWN = 10;

  private final AccessControl control;
  private final AclFile file;
  private final Randomness random;

  public AclCommands(AccessControl control, AclFile file, Randomness random) {
    this.control = control;
    this.file = file;
    this.random = random;
  }

  @Override
  public void register(CommandTable table) {
    table.add("acl|cat", context -> categories(context, table));
    table.add("acl|deluser", this::delete);
    table.add("acl|dryrun", context -> dryRun(context, table));
    table.add("acl|genpass", this::generate);
    table.add("acl|getuser", this::describe);
    table.add("acl|list", this::list);
    table.add("acl|load", file::load);
    table.add("acl|log", this::log);
    table.add("acl|save", file::save);
    table.add("acl|setuser", this::set);
    table.add("acl|users", this::names);
    table.add("acl|whoami", context -> context.reply().bulk(context.client().user()));
    table.add("acl|help", context -> HelpText.named("ACL").execute(context));
  }

  private void names(CommandContext context) {
    context.reply().array(control.users().size());
    control.users().forEach(user -> context.reply().bulk(user.name()));
  }

  private void list(CommandContext context) {
    context.reply().array(control.users().size());
    control
        .users()
        .forEach(user -> context.reply().bulk(user.text().getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void categories(CommandContext context, CommandTable table) {
    if (context.count() > 3) {
      throw ErrorReply.unmatched(context.quoted(1), "ACL");
    }
    if (context.count() == 2) {
      context.reply().array(CommandSpec.allCategories().size());
      CommandSpec.allCategories().forEach(each -> context.reply().bulk(each.substring(1)));
      return;
    }
    String name = context.text(2).toLowerCase(Locale.ROOT);
    if (!CommandSpec.allCategories().contains("@" + name)) {
      throw new ErrorReply("ERR Unknown category '" + context.quoted(2) + "'");
    }
    List<String> members = new ArrayList<>();
    for (CommandSpec spec : table.all()) {
      if (spec.categories().contains("@" + name)) {
        members.add(spec.name());
      }
      spec.subcommands().stream()
          .filter(sub -> sub.categories().contains("@" + name))
          .forEach(sub -> members.add(sub.name()));
    }
    context.reply().array(members.size());
    members.forEach(context.reply()::bulk);
  }

  private void delete(CommandContext context) {
    for (int i = 2; i < context.count(); i++) {
      if (context.text(i).equals("default")) {
        throw new ErrorReply("ERR The 'default' user cannot be removed");
      }
    }
    long removed = 0;
    for (int i = 2; i < context.count(); i++) {
      if (control.hasUser(context.text(i))) {
        control.remove(context.text(i));
        removed++;
      }
    }
    context.reply().integer(removed);
  }

  private void dryRun(CommandContext context, CommandTable table) {
    User user =
        control
            .user(context.text(2))
            .orElseThrow(() -> new ErrorReply("ERR User '" + context.quoted(2) + "' not found"));
    byte[][] request = Arrays.copyOfRange(context.arguments(), 3, context.count());
    CommandSpec spec =
        table
            .findFor(request)
            .orElseThrow(() -> new ErrorReply("ERR Command '" + context.quoted(3) + "' not found"));
    if (!spec.accepts(request.length)) {
      throw ErrorReply.wrongNumberOfArguments(spec.name());
    }
    Optional<Denial> denial = Permissions.denial(user, spec, request);
    if (denial.isEmpty()) {
      context.reply().ok();
      return;
    }
    String object = denial.get().text();
    context
        .reply()
        .bulk(
            switch (denial.get().reason()) {
              case COMMAND -> "This user has no permissions to run the '" + object + "' command";
              case KEY -> "This user has no permissions to access the '" + object + "' key";
              default -> "This user has no permissions to access the '" + object + "' channel";
            });
  }

  private void generate(CommandContext context) {
    if (context.count() > 3) {
      throw ErrorReply.unmatched(context.quoted(1), "ACL");
    }
    long bits = context.count() == 3 ? context.integer(2) : DEFAULT_BITS;
    if (bits <= 0 || bits > MOST_BITS) {
      throw new ErrorReply(
          "ERR ACL GENPASS argument must be the number of bits for the output password, a positive"
              + " number up to 4096");
    }
    context.reply().bulk(random.hex((int) (bits + 3) / 4));
  }

  private void describe(CommandContext context) {
    Optional<User> found = control.user(context.text(2));
    ReplyBuffer reply = context.reply();
    if (found.isEmpty()) {
      reply.nullBulk();
      return;
    }
    User user = found.get();
    reply.map(6);
    reply.bulk("flags");
    reply.set(user.flags().size());
    user.flags().forEach(reply::bulk);
    reply.bulk("passwords");
    reply.array(user.passwords().size());
    user.passwords().forEach(reply::bulk);
    describe(user.selectors().get(0), reply);
    reply.bulk("selectors");
    reply.array(user.selectors().size() - 1);
    for (Selector selector : user.selectors().subList(1, user.selectors().size())) {
      reply.map(3);
      describe(selector, reply);
    }
  }

  private static void describe(Selector selector, ReplyBuffer reply) {
    reply.bulk("commands");
    reply.bulk(selector.commands().text());
    reply.bulk("keys");
    reply.bulk(selector.keysText().getBytes(StandardCharsets.ISO_8859_1));
    reply.bulk("channels");
    reply.bulk(selector.channelsText().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void log(CommandContext context) {
    if (context.count() > 3) {
      throw ErrorReply.unmatched(context.quoted(1), "ACL");
    }
    if (context.count() == 3 && context.is(2, "RESET")) {
      control.log().clear();
      context.reply().ok();
      return;
    }
    long most = context.count() == 3 ? Math.max(0, context.integer(2)) : SHOWN;
    control.log().show(most, context.reply(), context.nowMillis());
  }

  private void set(CommandContext context) {
    String name = context.text(2);
    if (name.chars().anyMatch(c -> c == 0 || c == ' ' || (c >= '\t' && c <= '\r'))) {
      throw new ErrorReply("ERR Usernames can't contain spaces or null characters");
    }
    User changed = control.user(name).map(User::copy).orElseGet(() -> control.created(name));
    for (String rule : rules(context)) {
      try {
        changed.apply(rule, control.allChannelsByDefault());
      } catch (BadRule wrong) {
        throw new ErrorReply(
            "ERR Error in ACL SETUSER modifier '" + rule + "': " + wrong.getMessage());
      }
    }
    control.put(changed);
    context.reply().ok();
  }

  private static List<String> rules(CommandContext context) {
    List<String> words = new ArrayList<>();
    for (int i = 3; i < context.count(); i++) {
      words.add(context.quoted(i));
    }
    try {
      return UserLines.joined(words);
    } catch (BadRule wrong) {
      throw new ErrorReply("ERR " + wrong.getMessage());
    }
  }
}
