package io.serai.think;

import io.serai.message.Call;
import java.math.BigInteger;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes an argument of a call, if it is what the tool declares; the same step of the route is what the model is told of it. */
@Component("take")
class Take {

    /**
     * @param name of the parameter
     * @param choices separated by commas; empty for anything
     * @param longest how many characters a string may have
     * @throws WrongArgument when the argument is missing or another thing
     */
    public Call take(Call call, String name, String type, boolean optional, String choices, int longest) {
        Object given = call.arguments().get(name);
        if (given == null) {
            demand(optional, "'%s' is missing".formatted(name));
            return call;
        }
        demand(isOf(type, given), "'%s' is to be of type %s".formatted(name, type));
        demand(!(given instanceof String text) || text.length() <= longest, "'%s' is longer than %d characters".formatted(name, longest));
        List<String> allowed = Tool.Parameter.choices(choices);
        demand(allowed.isEmpty() || allowed.contains(String.valueOf(given)), "'%s' is to be one of %s".formatted(name, String.join(", ", allowed)));
        return call;
    }

    private static boolean isOf(String type, Object given) {
        return switch (type) {
            case "string" -> given instanceof String;
            case "boolean" -> given instanceof Boolean;
            case "number" -> given instanceof Number;
            case "integer" -> given instanceof Integer || given instanceof Long || given instanceof BigInteger
                    || given instanceof Double part && part % 1 == 0;
            default -> throw new IllegalArgumentException("no type of a parameter: " + type);
        };
    }

    private static void demand(boolean met, String complaint) {
        if (!met) {
            throw new WrongArgument(complaint);
        }
    }
}
