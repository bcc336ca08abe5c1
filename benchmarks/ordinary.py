"""An ordinary Dash page of the same six charts, to measure ours against: what most of us would write first.

FIGURES names a CSV with the columns `indicator`, `line`, `period` and `value` (benchmarks/visits.py).
"""

import os

import dash_bootstrap_components as dbc
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

data = pd.read_csv(os.environ["FIGURES"])
names, lines = list(data["indicator"].unique()), list(data["line"].unique())
app = Dash(__name__)
server = app.server
app.layout = dbc.Container(
    [
        html.H1("Front door"),
        dcc.Checklist(lines, lines, id="lines", inline=True),
        dbc.Row([dbc.Col(dcc.Graph(id=name), width=6) for name in names]),
    ],
    fluid=True,
)


@app.callback([Output(name, "figure") for name in names], Input("lines", "value"))
def draw(chosen: list[str]) -> list[go.Figure]:
    """The charts of the lines that are ticked."""
    shown = data[data["line"].isin(chosen)]
    return [
        px.line(shown[shown["indicator"] == name], x="period", y="value", color="line", title=name)
        for name in names
    ]
