import "./styles/tokens.css";
import "./styles/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { pickPlatform } from "./platform";

const root = document.getElementById("root");
if (root) {
  const platform = await pickPlatform();
  createRoot(root).render(<App platform={platform} />);
}
