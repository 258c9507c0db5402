package io.serai.route;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML with the parser that Camel uses, and keeps where everything stands. */
final class Parse {

    private static final int DEEPEST = 100;
    private static final int MOST = 100_000;

    private final String file;
    private final Consumer<Fault> faults;
    private int items;
    private boolean isTooMuch;

    private Parse(String file, Consumer<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** @return nothing when there is a fault in its syntax */
    static Item yaml(String file, String text, Consumer<Fault> faults) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().setLabel(file).setMaxAliasesForCollections(20).build()).composeString(text);
            if (root.isEmpty()) {
                faults.accept(Fault.at(file, 1, "the file is empty", "write a route, or delete the file"));
                return Item.nothing(file);
            }
            var parse = new Parse(file, faults);
            Item document = parse.item(root.get(), 0);
            return parse.isTooMuch ? Item.nothing(file) : document;
        } catch (StackOverflowError deep) {
            faults.accept(tooDeep(file, 1));
        } catch (MarkedYamlEngineException malformed) {
            faults.accept(fault(file, text, malformed));
        } catch (YamlEngineException malformed) {
            faults.accept(Fault.at(file, 1, malformed.getMessage().lines().findFirst().orElse("not YAML"), null));
        }
        return Item.nothing(file);
    }

    private static Fault fault(String file, String text, MarkedYamlEngineException malformed) {
        Mark mark = malformed.getProblemMark().or(malformed::getContextMark).orElse(null);
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        List<String> lines = text.lines().toList();
        boolean tab = line <= lines.size() && lines.get(line - 1).matches("[ ]*\\t.*");
        String what = malformed.getProblem() == null ? malformed.getMessage().lines().findFirst().orElse("not YAML") : malformed.getProblem();
        return new Fault(file, line, column, false, tab ? "a tab in the indentation" : what, tab ? "YAML is indented with spaces" : null);
    }

    private static Fault tooDeep(String file, int line) {
        return Fault.at(file, line, "nested too deeply", "no more than " + DEEPEST + " levels, and no anchor within itself");
    }

    /** What an anchor names is read again wherever it is named, so that a few lines can become more than fits anywhere. */
    private Item item(Node node, int depth) {
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        if (!isTooMuch && (depth > DEEPEST || ++items > MOST)) {
            isTooMuch = true;
            faults.accept(depth > DEEPEST ? tooDeep(file, line) : Fault.at(file, 1, "holds more than " + MOST + " values, its anchors unfolded",
                    "this is no file for people"));
        }
        if (isTooMuch) {
            return Item.nothing(file);
        }
        int column = node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
        return switch (node) {
            case ScalarNode scalar -> Item.text(file, line, column,
                    scalar.isPlain() && scalar.getValue().isEmpty() ? null : scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
            case SequenceNode list -> new Item(file, line, column, null, false, Map.of(), list.getValue().stream().map(each -> item(each, depth + 1)).toList());
            case MappingNode map -> new Item(file, line, column, null, false, entries(map, depth + 1), List.of());
            default -> Item.nothing(file);
        };
    }

    private Map<Item, Item> entries(MappingNode map, int depth) {
        Map<Item, Item> entries = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : map.getValue()) {
            Item key = item(tuple.getKeyNode(), depth);
            if (!isTooMuch && !seen.add(String.valueOf(key.text()))) {
                faults.accept(Fault.at(key, "the key '" + key.text() + "' stands here twice", "keep one"));
            }
            entries.put(key, item(tuple.getValueNode(), depth));
        }
        return entries;
    }
}
