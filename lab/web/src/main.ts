import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";
import { socket } from "./server/socket.ts";

mount(App, { target: document.getElementById("app")! });
socket.start();
