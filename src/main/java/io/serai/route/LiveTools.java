package io.serai.route;

import io.serai.message.Call;
import io.serai.think.Tool;
import io.serai.think.Toolbox;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** The tools that routes are, as the set of files has them that is live: offered and called by it. */
@Component
class LiveTools implements Toolbox {

    private static final int MOST_BYTES = 1024 * 1024;

    private final Reload reload;
    private final ProducerTemplate routes;

    LiveTools(Reload reload, ProducerTemplate routes) {
        this.reload = reload;
        this.routes = routes;
    }

    @Override
    public List<Tool> tools() {
        return reload.tools();
    }

    /** The name is one of ours: it becomes an address. */
    @Override
    public String use(Call call) throws Exception {
        if (tools().stream().noneMatch(tool -> tool.name().equals(call.tool()))) {
            throw new IllegalArgumentException("there is no such tool");
        }
        Exchange exchange = routes.send("direct:" + ToolFiles.FOLDER + call.tool(), ExchangePattern.InOut, asked -> asked.getMessage().setBody(call));
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return text(exchange);
    }

    private static String text(Exchange exchange) throws Exception {
        if (exchange.getMessage().getBody() instanceof InputStream stream) {
            return new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
        return exchange.getMessage().getBody(String.class);
    }
}
