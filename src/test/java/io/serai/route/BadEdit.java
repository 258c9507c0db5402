package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Edits that must not go live: of one file each, with the line and the words that must be told. */
record BadEdit(String name, String file, String from, String to, int line, String told) {

    private static final String ANSWER = "routes/answer.yaml";
    private static final String ENRICH = "routes/enrich.yaml";
    private static final String NEW = "routes/new.yaml";
    private static final String SHIPPING = """
            - route:
                id: new
                description: Something new
                from:
                  uri: direct:new
                  steps:
                    - removeHeaders:
                        pattern: "*"
            """;

    private static final String STOCK = """
            - route:
                id: tools/stock
                description: Tells what is in stock
                from:
                  uri: direct:tools/stock
                  steps:
                    - to:
                        uri: kamelet:take
                        parameters:
                          name: count
                          type: integer
                          description: How many are wanted
                    - bean:
                        ref: recollect
            """;

    @Override
    public String toString() {
        return name;
    }

    /** What the file is after the edit. */
    String text(FileSet files) {
        String before = files.texts().get(file);
        if (from == null) {
            return to;
        }
        assertThat(before).as(file).contains(from);
        return before.replace(from, to);
    }

    /** Where it shows: what others relied on is missing at theirs. */
    String blamed() {
        return told.equals("no route starts from 'direct:enrich'") || told.startsWith("wants Prompt") ? ANSWER : file;
    }

    private static BadEdit edit(String name, String file, String from, String to, int line, String told) {
        return new BadEdit(name, file, from, to, line, told);
    }

    private static BadEdit step(String name, String step, int line, String told) {
        return new BadEdit(name, NEW, null, SHIPPING + step.indent(8), line, told);
    }

    private static BadEdit whole(String name, String file, String text, int line, String told) {
        return new BadEdit(name, file, null, text, line, told);
    }

    private static BadEdit tool(String name, String from, String to, int line, String told) {
        assertThat(STOCK).contains(from);
        return new BadEdit(name, "routes/tools/stock.yaml", null, STOCK.replace(from, to), line, told);
    }

    /** Two hundred words, and ten lines of which each names the one before it twice. */
    private static String anchors() {
        var text = new StringBuilder("- &a0 [").append("x, ".repeat(199)).append("x]\n");
        for (int line = 1; line <= 10; line++) {
            text.append("- &a%d [*a%d, *a%2$d]\n".formatted(line, line - 1));
        }
        return text.toString();
    }

    static List<BadEdit> all() {
        return List.of(
                // Not YAML
                edit("tab", ENRICH, "            parameters:\n              persona", "            parameters:\n\t\t\tpersona", 10, "tab"),
                whole("half-written", ANSWER, "- route:\n    id: answer\n    description: \"Finds an ans", 3, "unexpected end"),
                whole("cut off", ANSWER, "- route:\n    id: answer\n    description: Finds\n    from:\n      uri: work:turns\n", 5, "needs 'steps'"),
                whole("empty", ANSWER, "", 1, "empty"),
                whole("only a comment", ANSWER, "# nothing yet\n", 1, "empty"),
                whole("byte order mark", ANSWER, "\uFEFF- route:\n    id: answer\n", 1, "byte order mark"),
                whole("anchor within itself", ANSWER, "- &a [*a]\n", 1, "nested too deeply"),
                whole("brackets without end", NEW, "[".repeat(100_000), 1, "nested too deeply"),
                whole("anchors in anchors", NEW, anchors(), 1, "holds more than 100000 values"),
                whole("NUL", NEW, "# x\n\0\0\n", 2, "holds a NUL character"),
                whole("NUL in a prompt", "memory/prompts/persona.md", "You answer.\n\n\0", 3, "holds a NUL character"),
                edit("CR LF", ANSWER, "    id: answer\n", "    id: answer\r\n", 2, "CR LF"),
                edit("twice the same key", ANSWER, "    id: answer\n", "    id: answer\n    id: answer\n", 3, "twice"),
                edit("wrong indentation", ANSWER, "      uri: work:turns", "     uri: work:turns\n      x: y", 6, ""),
                whole("no list", NEW, "route:\n  id: new\n", 1, "list"),
                // Not Camel's YAML
                edit("unknown step", ANSWER, "- bean:\n            ref: keep", "- baen:\n            ref: keep", 26, "did you mean 'bean'?"),
                edit("unknown key", ANSWER, "      parameters:\n        workers", "      paramters:\n        workers", 6,
                        "did you mean 'parameters'?"),
                whole("unknown element", NEW, "- roote:\n    id: new\n", 1, "did you mean 'route'?"),
                step("two steps in one item", "- stop: {}\n  log: x", 10, "list item"),
                step("wrong enum", "- log:\n    loggingLevel: WRAN\n    message: x", 10, "did you mean 'WARN'?"),
                step("no boolean", "- to:\n    uri: direct:listen\n    disabled: perhaps", 11, "true or false"),
                step("steps are no text", "- choice:\n    otherwise:\n      steps: none", 11, "list"),
                // Calls what is not there
                edit("unknown component", ANSWER, "uri: work:turns", "uri: wrok:turns", 5, "did you mean 'work'?"),
                edit("unknown queue", ANSWER, "uri: work:turns", "uri: work:tunrs", 5, "did you mean 'turns'?"),
                edit("unknown option", ANSWER, "        retry:", "        rerty:", 8, "did you mean 'retry'?"),
                step("a Kamelet as a step", "- kamelet:\n    name: ask", 9, "each other's messages"),
                step("unknown option in an address", "- to: log:x?showAl=true", 9, "did you mean 'showAll'?"),
                step("wrong value of an option", "- to:\n    uri: log:x\n    parameters:\n      level: LOUD", 12, "level"),
                edit("wrong number", ANSWER, "workers: \"{{serai.answer.workers}}\"", "workers: many", 7, "whole number"),
                edit("nothing can be sent to work", ANSWER, "uri: direct:enrich", "uri: work:parcels", 21, "only start from it"),
                edit("unknown bean", ANSWER, "ref: keep ", "ref: kepe ", 27, "did you mean 'keep'?"),
                edit("unknown method", "processors/think.kamelet.yaml", "think(*, ", "thnik(*, ", 24, "did you mean 'think'?"),
                step("unknown method by an address", "- to: bean:keep?method=kepe", 9, "has no method 'kepe'"),
                step("unknown method by a language", "- setBody:\n    method:\n      ref: keep\n      method: kepe(*)", 12, "has no method 'kepe'"),
                edit("too few arguments", "processors/open.kamelet.yaml", ", {{budget}})", ")", 30, "takes 3 arguments, not 2"),
                edit("unknown Kamelet", ENRICH, "kamelet:open ", "kamelet:opne ", 8, "did you mean 'open'?"),
                edit("unknown parameter", ENRICH, "persona: persona", "persna: persona", 10, "did you mean 'persona'?"),
                edit("missing parameter", ENRICH, "              persona: persona\n", "", 8, "needs the parameter 'persona'"),
                edit("parameter of a wrong type", ENRICH, "budget: 3500", "budget: lots", 11, "integer"),
                edit("unknown layer", ENRICH, "layer: facts", "layer: fatcs", 20, "memory/layers/fatcs.sql"),
                step("quote between quotes", "- to:\n    uri: kamelet:fetch\n    parameters:\n      url: https://far.example/it's", 12, "stands between quotes"),
                edit("quote between quotes by default", "processors/think.kamelet.yaml", "default: main", "default: ma'in", 17, "stands between quotes"),
                step("braces that end nothing", "- to:\n    uri: kamelet:fill\n    parameters:\n      json: '{\"x\": {\"text\": \"{/text}\"}}'", 12, "for the end of a placeholder (} })"),
                step("parameter in a parameter", "- to:\n    uri: file:data/x\n    parameters:\n      fileName: x&jailStartingDirectory=false", 12, "RAW(x&jail"),
                step("text that is cut", "- to:\n    uri: kamelet:fetch\n    parameters:\n      url: https://far.example?a=1&b=2", 12, "RAW(https://far.example?a=1&b=2)"),
                step("no JSON", "- to:\n    uri: kamelet:fill\n    parameters:\n      json: '{\"text\": {/text}}'", 12, "is no JSON"),
                step("unknown dialect", "- to:\n    uri: kamelet:dispatch\n    parameters:\n      dialect: telegrm", 12, "did you mean 'telegram'?"),
                step("rate that is none", "- to:\n    uri: kamelet:dispatch\n    parameters:\n      per-address: one a second", 12, "cannot be 'one a second'"),
                step("plan that is none", "- to:\n    uri: kamelet:dispatch\n    parameters:\n      retry: 1s,5sec", 12, "cannot be '1s,5sec'"),
                edit("Kamelet with a hole nobody fills", "processors/think.kamelet.yaml", "'{{model}}'", "'{{modle}}'", 24, "did you mean 'model'?"),
                edit("Kamelet named otherwise", "processors/think.kamelet.yaml", "  name: think", "  name: thinking", 4, "name: think"),
                edit("missing target", ANSWER, "direct:enrich ", "direct:enrihc ", 21, "did you mean 'enrich'?"),
                step("toD to where no route is", "- toD: direct:delivre/${body.channel}", 9, "no route starts"),
                step("toD to any component", "- toD: ${body.channel}:x", 9, "only known when a message comes"),
                step("toD with an unknown component", "- toD: telegrm:${body.channel}", 9, "did you mean 'telegram'?"),
                edit("renamed away from its callers", ENRICH, "uri: direct:enrich", "uri: direct:enriched", 21,
                        "no route starts from 'direct:enrich'"),
                edit("the same id in another file", ENRICH, "id: enrich", "id: answer", 2, "taken by routes/answer.yaml line 2"),
                edit("no id", ENRICH, "    id: enrich\n", "", 2, "without an id"),
                // Does not fit
                edit("wrong shape", ANSWER, "ref: keep ", "ref: identify ", 27, "wants Inbound but is handed Reply"),
                edit("wrong shape through a route", ENRICH, "kamelet:open ", "kamelet:think ", 21, "wants Prompt but is handed Turn"),
                edit("forgotten stage", ANSWER, "direct:enrich  ", "direct:failures", 21, "wants DeadLetter but is handed Turn"),
                // Cannot be read
                edit("unknown placeholder", ANSWER, "{{serai.answer.workers}}", "{{serai.answer.worker}}", 7, "did you mean 'serai.answer.workers'?"),
                step("secret of the hub", "- log:\n    message: '{{serai.db.password}}'", 10, "may not be read"),
                step("password of a mailbox", "- log:\n    message: '{{serai.email.main.password}}'", 10, "may not be read"),
                step("token of a bot", "- log:\n    message: '{{serai.telegram.main.token}}'", 10, "may not be read"),
                step("secret of a bot with a default", "- log:\n    message: '{{serai.telegram.main.secret:none}}'", 10, "may not be read"),
                step("token of an app", "- log:\n    message: '{{serai.slack.main.app-token}}'", 10, "may not be read"),
                step("secret that signs", "- log:\n    message: '{{serai.slack.main.signingSecret}}'", 10, "may not be read"),
                step("secret of a hook", "- log:\n    message: '{{serai.hooks.shop.secret}}'", 10, "may not be read"),
                step("address of another database", "- log:\n    message: '{{serai.databases.shop.url}}'", 10, "may not be read"),
                step("key of a model", "- log:\n    message: '{{serai.models.main.api-key}}'", 10, "may not be read"),
                step("secret spelled otherwise", "- log:\n    message: '{{serai.ad-min.pass-word:x}}'", 10, "may not be read"),
                step("secret as its variable", "- log:\n    message: '{{serai.admin_password:x}}'", 10, "may not be read"),
                step("secret in brackets", "- log:\n    message: '{{serai.email[main].password:x}}'", 10, "may not be read"),
                step("tree spelled otherwise", "- log:\n    message: '{{serai.data-bases.shop.url:x}}'", 10, "may not be read"),
                step("tree as its variable", "- log:\n    message: '{{serai.db_url:x}}'", 10, "may not be read"),
                step("secret in a list", "- log:\n    message: '{{serai.own.token[0]:x}}'", 10, "may not be read"),
                step("secret by a setting within it", "- log:\n    message: '{{serai.{{serai.none:admin}}.password}}'", 10, "braces within a placeholder"),
                step("secret with braces behind it", "- log:\n    message: '{{serai.admin.password:{x}}}'", 10, "braces within a placeholder"),
                step("secret without an end", "- log:\n    message: '{{serai.admin.password}'", 10, "does not end"),
                step("secret in the name of an option", "- to:\n    uri: https://far.example\n    parameters:\n      '{{serai.admin.password}}': x", 12, "may not be read"),
                step("environment", "- log:\n    message: '{{env:PATH}}'", 10, "may not be read"),
                step("environment by another way", "- log:\n    message: '{{PATH}}'", 10, "may not be read"),
                step("environment by an expression", "- log:\n    message: '${sysenv.PATH}'", 10, "reaches into the process"),
                step("environment by a longer expression", "- log:\n    message: '$simple{sysenv.PATH}'", 10, "reaches into the process"),
                edit("wrong expression", ANSWER, "\"${body.command}\"", "\"${body.command\"", 14, "not to be understood"),
                edit("wrong argument", "routes/deliver.yaml", "${variable.receipt})", "${variable.receipt)", 22, "not to be understood"),
                edit("unknown function as an argument", "routes/deliver.yaml", "${variable.receipt})", "${receipt})", 22, "receipt"),
                edit("unknown function", ANSWER, "\"${body.command}\"", "\"${boddy}\"", 14, "boddy"),
                whole("wrong cron", NEW, SHIPPING.replace("uri: direct:new", "uri: quartz:new\n      parameters:\n        cron: 0 0 25 * * ?"), 7,
                        "cron"),
                whole("wrong cron of a setting", NEW, SHIPPING.replace("uri: direct:new", "uri: quartz:new\n      parameters:\n        cron: '{{serai.none:0 8 * * *}}'"),
                        7, "says '0 8 * * *'"),
                whole("cron of the past", NEW, SHIPPING.replace("uri: direct:new", "uri: quartz:new\n      parameters:\n        cron: 0 0 8 1 1 ? 2020"), 7,
                        "never fires"),
                edit("a trigger that another route has", "routes/timers/snapshot.yaml", "quartz:snapshot", "quartz:idle", 5, "taken by routes/timers/idle.yaml line 5"),
                edit("unknown model", ANSWER, "model: main", "model: man", 25, "there is no serai.models.man"),
                edit("unknown field", ANSWER, "${body.command}", "${body.comand}", 14, "the body is a Turn here, which has no 'comand' (did you mean 'command'?)"),
                edit("unknown field of a hook", "routes/receive/webhook.yaml", "${body.name}", "${body.nam}", 13, "the body is a Hook here, which has no 'nam'"),
                whole("nobody answers", ANSWER, SHIPPING, 1, "nobody would be answered"),
                // May not be
                step("exec", "- to: exec:ls", 9, "'exec' is not allowed"),
                step("exec by toD", "- toD: exec:${body.text}", 9, "'exec' is not allowed"),
                step("exec by wireTap", "- wireTap:\n    uri: exec:ls", 10, "'exec' is not allowed"),
                step("exec by enrich", "- enrich:\n    expression:\n      simple:\n        expression: exec:ls", 12, "'exec' is not allowed"),
                step("exec by recipientList", "- recipientList:\n    constant:\n      expression: direct:listen,exec:ls", 11,
                        "'exec' is not allowed"),
                edit("exec in a Kamelet", "processors/think.kamelet.yaml", "        - bean:", "        - to: exec:ls\n        - bean:", 22,
                        "'exec' is not allowed"),
                step("recipientList by a header", "- recipientList:\n    expression:\n      header:\n        expression: x", 10, "only known when a message comes"),
                step("pollEnrich by a variable", "- pollEnrich:\n    expression:\n      variable:\n        expression: x", 10, "only known when a message comes"),
                step("routingSlip by a property", "- routingSlip:\n    expression:\n      exchangeProperty: x", 10, "only known when a message comes"),
                step("recipientList that is cut elsewhere", "- recipientList:\n    constant: direct:listen;exec:ls\n    delimiter: ;", 10, "only known when a message comes"),
                step("recipientList that a message makes longer", "- recipientList:\n    simple: direct:deliver/${body.channel}", 10, "only known when a message comes"),
                step("Kamelet that a message names", "- toD: kamelet:${body.channel}", 9, "which Kamelet 'toD' calls is only known when a message comes"),
                step("exec to make good", "- saga:\n    compensation: exec:ls\n    steps:\n      - stop: {}", 10, "'exec' is not allowed"),
                step("file outside of data", "- to: file:/etc", 9, "only below data/"),
                step("file with a way out", "- to: file:data/../../etc", 9, "only below data/"),
                step("file beside the database", "- to: file:data", 9, "in a folder of your own"),
                step("file of the database", "- to: file:data/./postgres/base", 9, "in a folder of your own"),
                step("file in other letters", "- to: file:data/x/%2e%2e/%2e%2e/etc", 9, "in a folder of your own"),
                step("file let out of its folder", "- to: file:data/x?jailStartingDirectory=false", 9, "keeps files in their folder"),
                step("file with a name that leads out", "- to: file:data/x?fileName=../../.bashrc", 9, "'fileName' may lead out"),
                step("file that a message lets out", "- toD: file:data/x?fileName=${body}", 9, "'fileName' may lead out"),
                whole("file moved away", NEW, SHIPPING.replace("uri: direct:new", "uri: file:data/x\n      parameters:\n        move: /etc/cron.d"), 7, "'move' may lead out"),
                whole("file moved where a message says", NEW, SHIPPING.replace("uri: direct:new", "uri: file:data/x\n      parameters:\n        move: ${body}"), 7,
                        "'move' may lead out"),
                step("setting as an option", "- to:\n    uri: https://far.example\n    parameters:\n      authPassword: '#property:serai.admin.password'", 12, "'property:' reads"),
                step("setting as a reference in halves", "- to:\n    uri: kamelet:ask\n    parameters:\n      prompt: summary\n      model: property:serai.admin.password", 13,
                        "'property:' reads"),
                step("setting as half a reference as it is", "- to:\n    uri: kamelet:ask\n    parameters:\n      prompt: summary\n      model: RAW(property:serai.admin.password)", 13,
                        "'property:' reads"),
                step("class of rows", "- to: jdbc:dataSource?outputClass=java.lang.Thread", 9, "'outputClass' is not allowed"),
                step("class of a text", "- convertBodyTo:\n    type: java.lang.Class", 10, "made a class of"),
                step("class of a text by an expression", "- setBody:\n    simple:\n      expression: java.lang.Thread\n      resultType: java.lang.Class", 12, "made a class of"),
                step("class of a word by an expression", "- setBody:\n    simple: ${body.json.nodeType.declaringClass}", 10, "reaches into the process"),
                step("object of a class by an expression", "- setBody:\n    simple: ${body.newInstance}", 10, "reaches into the process"),
                step("object thrown that is no exception", "- throwException:\n    exceptionType: java.io.FileOutputStream\n    message: /etc/passwd", 10, "is no exception"),
                step("class by a header", "- unmarshal:\n    json:\n      allowUnmarshallType: true", 11, "'allowUnmarshallType' is not allowed"),
                step("class", "- to: class:java.lang.Runtime", 9, "not allowed"),
                step("bean by type", "- bean:\n    beanType: java.lang.Runtime", 10, "'beanType' is not allowed"),
                step("the end of the process by an expression", "- setBody:\n    simple: \"${bean:type:java.lang.System?method=exit(1)}\"", 10,
                        "reaches into the process"),
                step("the end of the process through an object", "- setBody:\n    simple: \"${body.getClass().forName('java.lang.System')}\"", 10,
                        "reaches into the process"),
                step("the end of the process by stopping Camel", "- setBody:\n    simple: \"${camelContext.stop()}\"", 10,
                        "reaches into the process"),
                step("bean by #class", "- bean:\n    ref: '#class:java.lang.Runtime'", 10, "any class"),
                step("bean by a resource", "- setBody:\n    constant:\n      expression: resource:bean:environment?method=getProperty('serai.admin.password')\n      resultType: java.lang.Integer", 11,
                        "'resource:' reads files"),
                step("file by a resource in other letters", "- setBody:\n    simple: ' Resource:file:/etc/passwd'", 10, "'resource:' reads files"),
                step("bean that is no stage", "- bean:\n    ref: home\n    method: folder('/')", 10, "the bean 'home' is no stage"),
                step("bean of the machine", "- bean:\n    ref: environment\n    method: getProperty('serai.admin.password')", 10, "'environment'"),
                step("bean that is no stage by an address", "- to: bean:home?method=folder", 9, "the bean 'home' is no stage"),
                step("bean that is no stage by a parameter", "- to:\n    uri: bean\n    parameters:\n      beanName: home\n      method: folder", 10, "'bean:' needs a name"),
                step("Kamelet by a parameter", "- to:\n    uri: kamelet\n    parameters:\n      templateId: ask", 10, "'kamelet:' needs a name"),
                step("file by a parameter", "- to:\n    uri: file\n    parameters:\n      directoryName: /etc", 10, "only below data/"),
                step("bean that is no stage by an address of a message", "- toD: bean:${body.channel}", 9, "would only be known when a message comes"),
                step("bean that is no stage by a language", "- setBody:\n    method:\n      ref: home\n      method: folder", 11, "the bean 'home' is no stage"),
                step("bean that is no stage by a short word of a language", "- setBody:\n    method: home?method=folder", 10, "the bean 'home' is no stage"),
                step("bean that is no stage by its sign", "- bean: '#bean:home'", 9, "the bean 'home' is no stage"),
                step("bean that is no stage by a function", "- setBody:\n    simple: ${bean:home?method=folder('/')}", 10, "the bean 'home' is no stage"),
                step("bean that is no stage within another function", "- setBody:\n    simple: \"${body.replace('x', ${bean:home.folder})}\"", 10, "the bean 'home' is no stage"),
                step("bean that is no stage for parts", "- split:\n    simple: ${body}\n    aggregationStrategy: home\n    aggregationStrategyMethodName: folder\n    steps:\n      - stop: {}", 11,
                        "the bean 'home' is no stage"),
                step("bean by a reference", "- setBody:\n    simple: ${ref:environment}", 10, "reaches into the process"),
                step("Camel by a message", "- setBody:\n    simple: ${exchange.fromEndpoint.camelContext.stop()}", 10, "reaches into the process"),
                step("Camel by a message that may be none", "- setBody:\n    simple: ${exchange?.context}", 10, "reaches into the process"),
                step("Camel by a failure", "- setBody:\n    simple: ${exception.exchange.context}", 10, "reaches into the process"),
                step("half an expression", "- to:\n    uri: kamelet:take\n    parameters:\n      name: x\n      description: costs $", 13, "half an expression"),
                edit("expression pieced together in a Kamelet", "processors/think.kamelet.yaml", "        - bean:", "        - log: x${{{model}}}\n        - bean:", 22,
                        "would only be known when it is called"),
                edit("expression with a hole in a Kamelet", "processors/think.kamelet.yaml", "        - bean:", "        - log: ${body.{{model}}}\n        - bean:", 22,
                        "would only be known when it is called"),
                step("file that a message names", "- unmarshal:\n    json:\n      unmarshalType: java.io.File", 11, "'unmarshalType' is not allowed"),
                step("secret by a function of XPath", "- setBody:\n    xpath:\n      expression: function:properties('serai.admin.password')", 10, "'xpath' is not allowed"),
                step("secret by XPath in simple", "- setBody:\n    simple: ${xpath(function:properties('serai.admin.password'))}", 10, "reaches into the process"),
                step("file as a schema", "- to: validator:file:/etc/passwd", 9, "the component 'validator' is not allowed"),
                step("groovy", "- setBody:\n    groovy:\n      expression: 1 + 1", 10, "'groovy' is not allowed"),
                step("language", "- to: language:groovy", 9, "'language' is not allowed"),
                whole("beans by class", NEW, "- beans:\n    - name: x\n      type: java.lang.Runtime\n", 1, "'beans' is not allowed"),
                whole("rest", NEW, "- rest:\n    path: /x\n", 1, "cannot be reloaded"),
                // Tools
                tool("tool named otherwise", "id: tools/stock", "id: tools/stocks", 2, "id: tools/stock"),
                tool("tool that starts elsewhere", "direct:tools/stock", "direct:tools/stocks", 5, "direct:tools/stock"),
                tool("tool without a description", "    description: Tells what is in stock\n", "", 2, "no description"),
                tool("unknown type of a parameter", "type: integer", "type: int", 11, "there is boolean, integer"),
                tool("parameter without a description", "              description: How many are wanted\n", "", 8, "needs the parameter 'description'"),
                tool("parameter with an empty description", "How many are wanted", "' '", 12, "the parameter has no description"),
                tool("name of a parameter", "name: count", "name: how many", 10, "no name of a parameter"),
                tool("choices of a number", "type: integer", "type: integer\n              choices: 1,2", 12, "only a string has choices"),
                tool("parameter that is not known yet", "How many are wanted", "'{{serai.web-chat.title}}'", 12, "write it out"),
                tool("parameter behind another step", "        - to:\n            uri: kamelet:take", "        - log:\n            message: x\n        - to:\n            uri: kamelet:take", 10,
                        "after another step"),
                tool("wrong shape of a tool", "ref: recollect", "ref: keep", 14, "wants Reply but is handed Call"),
                tool("address that a model writes", "        - bean:\n            ref: recollect\n", "        - toD:\n            uri: https://far.example/${body.arguments[count]}\n", 14,
                        "what a model wrote becomes none"),
                tool("header that a model writes", "        - bean:\n            ref: recollect\n",
                        "        - setHeaders:\n            headers:\n              - name: x\n                simple: ${body.arguments[count]}\n", 14, "what a model wrote becomes none"),
                tool("address in a list that a model writes", "        - bean:\n            ref: recollect\n",
                        "        - recipientList:\n            expression:\n              simple:\n                expression: ${body.arguments[count]}\n", 14, "no address"),
                tool("SQL that a model writes", "        - bean:\n            ref: recollect\n",
                        "        - setBody:\n            simple: select ${body.arguments[count]}\n        - to: jdbc:dataSource\n", 14, "becomes no SQL"),
                tool("SQL that a model writes as another step", "        - bean:\n            ref: recollect\n",
                        "        - transform:\n            simple: select ${body.arguments[count]}\n        - to: jdbc:dataSource\n", 14, "becomes no SQL"),
                tool("SQL that a model writes by a variable", "        - bean:\n            ref: recollect\n",
                        "        - setVariable:\n            name: x\n            simple: ${body.arguments[count]}\n        - setBody:\n            variable: x\n        - to: jdbc:dataSource\n", 17,
                        "becomes no SQL"),
                tool("SQL sent from a variable", "        - bean:\n            ref: recollect\n",
                        "        - setBody:\n            constant: select 1\n        - to:\n            uri: jdbc:dataSource\n            variableSend: x\n", 16, "becomes no SQL"),
                tool("SQL in parts that a model writes", "        - bean:\n            ref: recollect\n",
                        "        - split:\n            simple: ${body.arguments[count]}\n            steps:\n              - to: jdbc:dataSource\n", 16, "becomes no SQL"),
                tool("header of a variable that a model writes", "        - bean:\n            ref: recollect\n",
                        "        - setHeader:\n            name: CamelHttpUri\n            variable: x\n", 14, "what a model wrote becomes none"),
                tool("headers of a far side", "        - bean:\n            ref: recollect\n", "        - to: https://far.example\n        - bean:\n            ref: recollect\n", 14,
                        "removeHeaders"),
                // Memory
                edit("layer without its contact", "memory/layers/facts.sql", "where contact_id = :contact", "where true", 1, "filter by :contact"),
                edit("layer with an unknown parameter", "memory/layers/facts.sql", ":contact", ":contact and id > :frist", 7,
                        "did you mean 'first'?"),
                edit("layer of a database that there is not", "memory/layers/facts.sql", "-- place", "-- database: shopp\n-- place", 2, "no serai.databases.shopp"),
                edit("hole in a prompt", "memory/prompts/persona.md", "Answer in", "Answer {{name}} in", 4, "nothing fills {{name}}"));
    }
}
