package io.shardquake.node.core.scripting;

import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.keyspace.FunctionStore;
import io.shardquake.node.core.lua.LuaMachine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** The libraries of functions that are loaded. Not thread-safe. */
final class Libraries implements FunctionStore {
  private final LuaEngine engine;
  private final FunctionRegistration registration;
  private final Map<String, Library> byName = new TreeMap<>();

  /** By names in any case, though libraries may know theirs in several. */
  private final Map<String, Script> functions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** A library. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Library(String name, byte[] code, Map<String, Function> functions) {}

  /** One of its functions, with what it says of itself. */
  record Function(Script script, Optional<String> description) {}

  Libraries(LuaEngine engine, FunctionRegistration registration) {
    this.engine = engine;
    this.registration = registration;
  }

  Collection<Library> all() {
    return byName.values();
  }

  int functionCount() {
    return functions.size();
  }

  Optional<Script> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  @Override
  public List<byte[]> codes() {
    return byName.values().stream().map(Library::code).toList();
  }

  @Override
  public void load(byte[] code) {
    try {
      add(read(code), false);
    } catch (ErrorReply wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  @Override
  public void clear() {
    byName.clear();
    functions.clear();
  }

  /**
   * Reads a library without adding it.
   *
   * @throws ErrorReply if something is wrong with its code
   */
  Library read(byte[] code) {
    LibraryHeader header = LibraryHeader.of(code);
    Map<String, Function> registered = new LinkedHashMap<>();
    LuaValue body;
    try {
      body = engine.machine().compile(header.body(), "@user_function");
    } catch (LuaError error) {
      throw new ErrorReply("ERR Error compiling function: " + error.getMessage());
    }
    registration.begin(registered);
    LuaMachine.Outcome outcome;
    LuaMachine machine = engine.machine();
    try {
      outcome =
          machine.withOnly(
              "redis",
              registration.tableFor(engine.library()),
              () -> machine.call(body, LuaValue.NONE));
    } finally {
      registration.end();
    }
    if (outcome.failed()) {
      throw new ErrorReply("ERR Error registering functions: " + registrationError(outcome));
    }
    if (registered.isEmpty()) {
      throw new ErrorReply("ERR No functions registered");
    }
    return new Library(header.name(), code, registered);
  }

  private static String registrationError(LuaMachine.Outcome outcome) {
    LuaValue error = outcome.error();
    LuaValue field = error.istable() ? error.rawget(LuaValue.valueOf("err")) : error;
    return (error.istable() ? "" : "ERR ") + field.tojstring();
  }

  /**
   * Adds a library.
   *
   * @param replace whether it may take the place of one of its name
   * @throws ErrorReply if it, or one of its functions, is there already
   */
  void add(Library library, boolean replace) {
    Library former = byName.get(library.name());
    if (former != null && !replace) {
      throw new ErrorReply("ERR Library '" + library.name() + "' already exists");
    }
    for (String function : library.functions().keySet()) {
      boolean taken =
          functions.containsKey(function)
              && (former == null || !former.functions().containsKey(function));
      if (taken) {
        throw new ErrorReply("ERR Function " + function + " already exists");
      }
    }
    if (former != null) {
      remove(former.name());
    }
    byName.put(library.name(), library);
    library.functions().forEach((name, function) -> functions.put(name, function.script()));
  }

  /** Removes a library; false if there is none. */
  boolean remove(String name) {
    Library removed = byName.remove(name);
    if (removed == null) {
      return false;
    }
    removed.functions().keySet().forEach(functions::remove);
    return true;
  }

  /** The libraries that there are, to be put back if what follows fails. */
  List<Library> snapshot() {
    return new ArrayList<>(byName.values());
  }
}
