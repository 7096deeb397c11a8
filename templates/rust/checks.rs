{%- for pattern in patterns %}

support::regex! {
    {{ pattern.name }} = {{ pattern.pattern }}
}
{%- endfor %}
{%- for table in tables %}

// {{ table.doc }}
support::check! {
    {{ table.name }} = [
{%- for rule in table.rules %}
        {{ rule }},
{%- endfor %}
    ]
}
{%- endfor %}
